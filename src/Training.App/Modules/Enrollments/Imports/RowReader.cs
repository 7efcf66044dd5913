using Training.App.Platform.Spreadsheets;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>One fault of one cell of a row.</summary>
/// <param name="Field">Where; null when the row as a whole is at fault.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Facts">Values its text needs; never personal data. Null when none.</param>
internal sealed record RowFault(ImportField? Field, string Code, IReadOnlyDictionary<string, object?>? Facts = null);

/// <summary>A row that was understood: either a registration with its place, or faults.</summary>
internal readonly record struct ReadRow(Registration? Registration, Site? Site, string? GroupName, IReadOnlyList<RowFault> Faults);

/// <summary>Turns a row of the list into the input that every door fills, and lets the shared rules judge it.</summary>
/// <param name="columns">Which column holds what.</param>
/// <param name="places">Sites and provinces by what lists call them.</param>
/// <param name="edition">The edition.</param>
/// <param name="today">Today in Africa/Casablanca.</param>
/// <param name="monthFirst">True when the list writes the month before the day.</param>
internal sealed class RowReader(HeaderMap columns, ImportPlaces places, Edition edition, DateOnly today, bool monthFirst)
{
    private readonly bool familyNameFirst = columns.HeadingOf(ImportField.FullName) is { } heading && ImportColumns.FamilyNameFirst(heading);
    private readonly Relationship relationship = RelationshipIn(columns.HeadingOf(ImportField.GuardianName));
    private readonly List<RowFault> faults = [];

    /// <summary>Reads the present row.</summary>
    public ReadRow Read(TableRows row)
    {
        if (Shape(row) is { } misshapen) return new ReadRow(null, null, null, [misshapen]);
        faults.Clear();
        var site = Site(row);
        var group = Group(row);
        var registration = Registration.Check(Input(row), edition, today);
        if (!registration.Succeeded) AddFaults(registration.Error);
        return faults.Count > 0 ? new ReadRow(null, site, group, [.. faults]) : new ReadRow(registration.Value, site, group, []);
    }

    private RowFault? Shape(TableRows row)
    {
        if (row.Fault == TableFault.UnclosedQuote) return new RowFault(null, "unclosedQuote");
        if (row.Fault == TableFault.CellTooLong) return new RowFault(null, "cellTooLong", Facts("max", TableRows.CellMax));
        // Spreadsheets leave out empty cells at the end of a row, and some add empty ones.
        if (row.CellCount <= columns.Own) return null;
        for (var i = columns.Own; i < Math.Min(row.CellCount, TableRows.CellsMax); i++)
            if (columns.IsSurplus(i) && !row.Cell(i).IsEmpty) return new RowFault(null, "tooManyCells", Facts("max", columns.Own));
        return row.CellCount > TableRows.CellsMax ? new RowFault(null, "tooManyCells", Facts("max", columns.Own)) : null;
    }

    private Site? Site(TableRows row)
    {
        var (site, fault) = places.SiteOf(Cell(row, ImportField.Site));
        if (fault is not null) faults.Add(new RowFault(ImportField.Site, fault));
        return site;
    }

    /// <summary>Lists also say that a licence is asked for ("En cours", "Oui", "-"): without a digit it is no number.</summary>
    private string? Licence(TableRows row) => Text(row, ImportField.LicenceNumber) is { } text && text.Any(char.IsDigit) ? text : null;

    private string? Group(TableRows row)
    {
        var name = PersonText.CleanOrNull(Text(row, ImportField.Group));
        if (name is { Length: > Domain.Directory.Group.NameMax })
            faults.Add(new RowFault(ImportField.Group, "tooLong", Facts("max", Domain.Directory.Group.NameMax)));
        return name;
    }

    private RegistrationInput Input(TableRows row)
    {
        var (given, family) = (Text(row, ImportField.GivenName), Text(row, ImportField.FamilyName));
        var (givenAr, familyAr) = (Text(row, ImportField.GivenNameAr), Text(row, ImportField.FamilyNameAr));
        if (given is null && family is null && givenAr is null && familyAr is null && Text(row, ImportField.FullName) is { } full)
            (given, family) = FullName.Divide(full, familyNameFirst);
        var province = Cell(row, ImportField.Province);
        var provinceId = province.IsEmpty ? null : places.ProvinceOf(province)?.Id;
        if (provinceId is null && !province.IsEmpty) faults.Add(new RowFault(ImportField.Province, "unknownProvince"));
        var phone = Cell(row, ImportField.GuardianPhone);
        var none = !phone.IsEmpty && CellValues.SaysNone(phone);
        return new RegistrationInput
        {
            GivenName = given,
            FamilyName = family,
            GivenNameAr = givenAr,
            FamilyNameAr = familyAr,
            BirthDate = Date(row, ImportField.BirthDate),
            Sex = Word(row, ImportField.Sex, "unknownSex", CellValues.SexOf),
            ProvinceId = provinceId,
            MassarCode = Text(row, ImportField.MassarCode),
            FifaId = Text(row, ImportField.FifaId),
            LicenceNumber = Licence(row),
            Note = Text(row, ImportField.Note),
            Guardians =
            [
                new GuardianInput(
                    Text(row, ImportField.GuardianName),
                    Word(row, ImportField.GuardianRelationship, "unknownRelationship", CellValues.RelationshipOf) ?? relationship,
                    none || phone.IsEmpty ? null : phone.ToString(),
                    none,
                    Word(row, ImportField.Language, "unknownLanguage", CellValues.LanguageOf)),
            ],
            Consents = Date(row, ImportField.ConsentOn) is { } givenOn
                ? [new ConsentInput(ConsentPurpose.Participation, ConsentMethod.Paper, 0, givenOn)]
                : [],
        };
    }

    /// <summary>The birth date of a row, also of one that has other faults; null when it is none.</summary>
    public DateOnly? BirthDateOf(TableRows row) => Parse(row, ImportField.BirthDate, out var date) == DateTextError.None ? date : null;

    private DateTextError Parse(TableRows row, ImportField field, out DateOnly date)
    {
        if (row.BareDay(columns.ColumnOf(field)) is { } day)
        {
            date = day;
            return DateTextError.None;
        }
        return monthFirst ? DateText.ParseMonthFirst(Cell(row, field), out date) : DateText.Parse(Cell(row, field), out date);
    }

    private DateOnly? Date(TableRows row, ImportField field)
    {
        switch (Parse(row, field, out var date))
        {
            case DateTextError.None: return date;
            case DateTextError.Malformed: faults.Add(new RowFault(field, "dateMalformed")); break;
            case DateTextError.Impossible: faults.Add(new RowFault(field, "impossibleDate")); break;
            case DateTextError.AmbiguousYear: faults.Add(new RowFault(field, "ambiguousYear")); break;
            case DateTextError.Missing: break;
        }
        return null;
    }

    private TValue? Word<TValue>(TableRows row, ImportField field, string fault, Func<ReadOnlySpan<char>, TValue?> find)
        where TValue : struct
    {
        var cell = Cell(row, field);
        if (cell.IsEmpty) return null;
        var value = find(cell);
        if (value is null) faults.Add(new RowFault(field, fault));
        return value;
    }

    private ReadOnlySpan<char> Cell(TableRows row, ImportField field) => row.Cell(columns.ColumnOf(field));

    private string? Text(TableRows row, ImportField field) => Cell(row, field) is { IsEmpty: false } cell ? cell.ToString() : null;

    private void AddFaults(Error error)
    {
        if (error.Fields is null)
        {
            faults.Add(new RowFault(error.Code is "tooYoung" or "tooOld" ? ImportField.BirthDate : null, error.Code, error.Facts));
            return;
        }
        foreach (var (path, errors) in error.Fields)
        {
            var field = FieldOf(path);
            // A cell that could not be read looks empty to the rules.
            if (field is not null && faults.Exists(fault => fault.Field == field)) continue;
            foreach (var fault in errors) faults.Add(new RowFault(field, fault.Code, fault.Facts));
        }
    }

    private ImportField? FieldOf(string path) => path switch
    {
        "participant.givenName" => NameColumn(ImportField.GivenName, ImportField.GivenNameAr),
        "participant.familyName" => NameColumn(ImportField.FamilyName, ImportField.FamilyNameAr),
        "participant.givenNameAr" => NameColumn(ImportField.GivenNameAr, ImportField.GivenName),
        "participant.familyNameAr" => NameColumn(ImportField.FamilyNameAr, ImportField.FamilyName),
        "participant.birthDate" => ImportField.BirthDate,
        "participant.sex" => ImportField.Sex,
        "participant.massarCode" => ImportField.MassarCode,
        "participant.fifaId" => ImportField.FifaId,
        "participant.licenceNumber" => ImportField.LicenceNumber,
        "participant.note" => ImportField.Note,
        "guardians[0].name" => ImportField.GuardianName,
        "guardians[0].phone" => ImportField.GuardianPhone,
        "guardians[0].relationship" => ImportField.GuardianRelationship,
        _ when path.StartsWith("consents", StringComparison.Ordinal) => ImportField.ConsentOn,
        _ => null,
    };

    private ImportField NameColumn(ImportField field, ImportField otherScript) =>
        columns.Has(field) ? field : columns.Has(otherScript) ? otherScript : ImportField.FullName;

    private static Dictionary<string, object?> Facts(string name, object? value) => new() { [name] = value };

    /// <summary>« Nom du père » says it for the whole column; nobody is made a legal guardian by silence.</summary>
    private static Relationship RelationshipIn(string? heading)
    {
        var words = heading?.Split([' ', '_', '(', ')'], StringSplitOptions.RemoveEmptyEntries) ?? [];
        foreach (var word in words)
        {
            var parent = CellValues.RelationshipOf(word);
            if (parent is Relationship.Mother or Relationship.Father) return parent.Value;
        }
        return Relationship.NotStated;
    }
}
