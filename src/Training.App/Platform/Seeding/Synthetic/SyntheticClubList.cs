using System.Globalization;
using System.Text;

namespace Training.App.Platform.Seeding.Synthetic;

/// <summary>
/// Writes invented people as the list a club would send: French headings, dates, phones and sexes in the ways people write
/// them, and a small share of rows with a fault. It goes through the same import as a real list.
/// </summary>
internal sealed class SyntheticClubList
{
    private static readonly string[] WithSite =
    [
        "Prénom", "Nom", "Prénom (arabe)", "Nom (arabe)", "Date de naissance", "Sexe", "Code Massar", "Province", "Site",
        "Nom du tuteur", "Lien de parenté", "Téléphone du tuteur", "Langue", "Date du consentement",
    ];

    private readonly TextWriter _writer;
    private readonly SyntheticOptions _options;
    private readonly SyntheticRandom _random;
    private readonly StringBuilder _row = new(512);
    private readonly int[] _faults = new int[Enum.GetValues<SyntheticFault>().Length];
    private int _nextFault;

    private SyntheticClubList(TextWriter writer, SyntheticOptions options)
    {
        _writer = writer;
        _options = options;
        // Another sequence than the people's, so that the fault rate does not change who they are.
        _random = new SyntheticRandom(~options.Seed);
    }

    /// <summary>The headings, in the order of the columns.</summary>
    public static IReadOnlyList<string> Headings(SyntheticOptions options) =>
        options.WithSiteColumn ? WithSite : [.. WithSite.Where(heading => heading != "Site")];

    /// <summary>Writes the heading and <see cref="SyntheticOptions.Rows"/> rows; the caller chooses the encoding and disposes the writer.</summary>
    public static SyntheticSummary Write(TextWriter writer, SyntheticOptions options) => new SyntheticClubList(writer, options).Write();

    private SyntheticSummary Write()
    {
        int rows = 0, siblings = 0, faulty = 0;
        foreach (var heading in Headings(_options)) Cell(heading);
        EndRow();
        foreach (var person in new SyntheticPeople(_options).Generate())
        {
            SyntheticFault? fault = _random.Chance(_options.FaultRate) ? NextFault() : null;
            WriteRow(person, fault);
            rows++;
            if (person.IsSibling) siblings++;
            if (fault is { } kind)
            {
                _faults[(int)kind]++;
                faulty++;
            }
        }
        _writer.Flush();
        var faults = Enum.GetValues<SyntheticFault>().ToDictionary(kind => kind, kind => _faults[(int)kind]);
        return new SyntheticSummary(rows, rows - faulty, faults, siblings);
    }

    private SyntheticFault NextFault()
    {
        var fault = (SyntheticFault)(_nextFault++ % _faults.Length);
        return fault == SyntheticFault.UnknownSite && !_options.WithSiteColumn ? NextFault() : fault;
    }

    private void WriteRow(SyntheticPerson person, SyntheticFault? fault)
    {
        var (given, family, givenAr, familyAr) = fault switch
        {
            SyntheticFault.MissingName => (null, null, null, null),
            SyntheticFault.DigitsForName => ("12", "345", null, null),
            SyntheticFault.NationalIdInName => (person.GivenName ?? "Amine", $"{person.FamilyName ?? "Alaoui"} QZ{_random.Next(1_000_000):D6}", person.GivenNameAr, person.FamilyNameAr),
            SyntheticFault.CellTooLong => (person.GivenName ?? "Amine", string.Concat(Enumerable.Repeat("Benabdellah ", 40)), person.GivenNameAr, person.FamilyNameAr),
            _ => (person.GivenName, person.FamilyName, person.GivenNameAr, person.FamilyNameAr),
        };
        Cell(given);
        Cell(family is not null && fault is null && _random.Next(6) == 0 ? family.ToUpperInvariant() : family);
        Cell(givenAr);
        Cell(familyAr);
        BirthDate(person.BirthDate, fault);
        Cell(fault == SyntheticFault.UnknownSex ? "?" : Sex(person.IsFemale));
        Cell(person.MassarCode);
        Cell(person.ProvinceCode);
        if (_options.WithSiteColumn) Cell(fault == SyntheticFault.UnknownSite ? "CLUB-INCONNU" : person.SiteCode);
        Cell(fault == SyntheticFault.MissingGuardian ? null : person.GuardianName);
        Cell(person.Relationship switch
        {
            SyntheticRelationship.Mother => "Mère",
            SyntheticRelationship.Father => "Père",
            _ => "Tuteur légal",
        });
        Cell(fault switch
        {
            SyntheticFault.MissingPhone => null,
            SyntheticFault.ForeignPhone => "+33 6 12 34 56 78",
            _ => Phone(person.GuardianPhone),
        });
        Cell(person.PrefersFrench ? "Français" : "Arabe");
        if (person.ConsentOn is { } consentOn) Date(consentOn, '/');
        else Cell(null);
        EndRow();
    }

    private void BirthDate(DateOnly date, SyntheticFault? fault)
    {
        switch (fault)
        {
            case SyntheticFault.ImpossibleDate:
                Cell(string.Create(CultureInfo.InvariantCulture, $"31/02/{date.Year}"));
                break;
            case SyntheticFault.FutureBirthDate:
                Date(_options.ReferenceDate.AddYears(1).AddDays(_random.Next(300)), '/');
                break;
            case SyntheticFault.TooOld:
                Date(date.AddYears(-20), '/');
                break;
            default:
                WriteDateAsTyped(date);
                break;
        }
    }

    private void WriteDateAsTyped(DateOnly date)
    {
        switch (_random.Next(20))
        {
            case 0:
                _row.Append(CultureInfo.InvariantCulture, $"{date:yyyy-MM-dd}").Append(_options.Delimiter);
                break;
            case 1:
                _row.Append(CultureInfo.InvariantCulture, $"{date.Day}/{date.Month}/{date.Year}").Append(_options.Delimiter);
                break;
            case 2:
                Date(date, '-');
                break;
            case 3:
                Date(date, '.');
                break;
            default:
                Date(date, '/');
                break;
        }
    }

    private void Date(DateOnly date, char separator)
    {
        Span<char> text =
        [
            (char)('0' + date.Day / 10), (char)('0' + date.Day % 10), separator, (char)('0' + date.Month / 10), (char)('0' + date.Month % 10), separator,
            (char)('0' + date.Year / 1000), (char)('0' + date.Year / 100 % 10), (char)('0' + date.Year / 10 % 10), (char)('0' + date.Year % 10),
        ];
        _row.Append(text).Append(_options.Delimiter);
    }

    private string Sex(bool female) => _random.Next(12) switch
    {
        0 => female ? "Féminin" : "Masculin",
        1 => female ? "أنثى" : "ذكر",
        2 => female ? "Fille" : "Garçon",
        _ => female ? "F" : "M",
    };

    /// <summary>The same number as different hands write it.</summary>
    private string Phone(string e164)
    {
        var national = e164.AsSpan(4);
        return _random.Next(6) switch
        {
            0 => e164,
            1 => $"{e164.AsSpan(0, 4)} {national[..3]} {national[3..]}",
            2 => $"0{national[..1]} {national[1..3]} {national[3..5]} {national[5..7]} {national[7..]}",
            3 => $"0{national[..1]}.{national[1..3]}.{national[3..5]}.{national[5..7]}.{national[7..]}",
            4 => national.ToString(),
            _ => $"0{national}",
        };
    }

    private void Cell(string? text)
    {
        if (text is not null)
        {
            if (text.AsSpan().IndexOfAny(_options.Delimiter, '"', '\n') < 0) _row.Append(text);
            else _row.Append('"').Append(text.Replace("\"", "\"\"")).Append('"');
        }
        _row.Append(_options.Delimiter);
    }

    private void EndRow()
    {
        _row.Length--;
        _row.Append("\r\n");
        foreach (var chunk in _row.GetChunks()) _writer.Write(chunk.Span);
        _row.Clear();
    }
}
