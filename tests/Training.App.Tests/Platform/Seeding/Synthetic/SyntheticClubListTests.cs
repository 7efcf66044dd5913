using System.Diagnostics;
using System.Globalization;
using System.Text;
using Sylvan.Data.Csv;
using Training.App.Platform.Seeding.Synthetic;
using Training.Domain.Common;

namespace Training.App.Tests.Platform.Seeding.Synthetic;

public class SyntheticClubListTests
{
    private static readonly string Reference = FindReference();

    [Test]
    public void Writes_the_same_file_for_the_same_seed_and_another_for_another()
    {
        var options = new SyntheticOptions { ReferenceFolder = Reference, Rows = 500 };
        var once = Text(options);
        var again = Text(options);
        Assert.That(again, Is.EqualTo(once));
        Assert.That(Text(options with { Seed = 2 }), Is.Not.EqualTo(once));
    }

    [Test]
    public void Writes_rows_that_read_as_what_it_says_it_wrote()
    {
        var options = new SyntheticOptions { ReferenceFolder = Reference, Rows = 20_000, FaultRate = 0.05 };
        var writer = new StringWriter();
        var summary = SyntheticClubList.Write(writer, options);
        var found = Enum.GetValues<SyntheticFault>().ToDictionary(kind => kind, _ => 0);
        var rows = 0;
        var clubs = ReferenceNames.Read(Reference).Clubs.Select(club => club.Code).ToHashSet();
        using var reader = CsvDataReader.Create(new StringReader(writer.ToString()), new CsvDataReaderOptions { Delimiter = ';' });
        Assert.That(Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList(), Is.EqualTo(SyntheticClubList.Headings(options)));
        while (reader.Read())
        {
            rows++;
            var faults = FaultsOf(reader, clubs, options.ReferenceDate).ToList();
            Assert.That(faults, Has.Count.LessThanOrEqualTo(1), $"Row {rows} has several faults.");
            foreach (var fault in faults) found[fault]++;
        }
        Assert.That(rows, Is.EqualTo(summary.Rows));
        Assert.That(found, Is.EquivalentTo(summary.Faults));
        Assert.That(summary.Valid, Is.EqualTo(rows - found.Values.Sum()));
        Assert.That(found.Values.Min(), Is.GreaterThan(50));
        Assert.That(found.Values.Sum() / (double)rows, Is.EqualTo(0.05).Within(0.01));
    }

    [Test]
    public void Writes_no_faulty_row_when_told_so_and_no_site_in_the_list_of_one_club()
    {
        var options = new SyntheticOptions
        {
            ReferenceFolder = Reference, Rows = 2_000, FaultRate = 0, WithSiteColumn = false, Sites = [new SyntheticSite("RSB", "02.113")],
        };
        var writer = new StringWriter();
        var summary = SyntheticClubList.Write(writer, options);
        Assert.That((summary.Rows, summary.Valid), Is.EqualTo((2_000, 2_000)));
        Assert.That(writer.ToString(), Does.Not.Contain("RSB").And.Not.Contain("Site"));
        var faulty = SyntheticClubList.Write(TextWriter.Null, options with { FaultRate = 0.5 });
        Assert.That(faulty.Faults[SyntheticFault.UnknownSite], Is.Zero);
        Assert.That(faulty.Faults.Values.Sum(), Is.EqualTo(faulty.Rows - faulty.Valid));
    }

    [Test]
    [Category("Long")]
    public void Writes_the_list_of_a_whole_season()
    {
        SyntheticClubList.Write(TextWriter.Null, new SyntheticOptions { ReferenceFolder = Reference, Rows = 20_000 });
        var clock = Stopwatch.StartNew();
        using var writer = new StreamWriter(Stream.Null, new UTF8Encoding(false));
        var summary = SyntheticClubList.Write(writer, new SyntheticOptions { ReferenceFolder = Reference, Rows = 200_000 });
        TestContext.Out.WriteLine($"{summary.Rows / clock.Elapsed.TotalSeconds:N0} rows/s, {summary.Siblings} siblings");
        Assert.That(summary.Rows, Is.EqualTo(200_000));
    }

    private static IEnumerable<SyntheticFault> FaultsOf(CsvDataReader row, HashSet<string> clubs, DateOnly reference)
    {
        string Value(string heading) => row.GetString(row.GetOrdinal(heading));
        var names = new[] { "Prénom", "Nom", "Prénom (arabe)", "Nom (arabe)" }.Select(Value).ToList();
        if (names.All(name => name.Length == 0)) yield return SyntheticFault.MissingName;
        else if (names.All(name => !PersonText.HasLetter(name))) yield return SyntheticFault.DigitsForName;
        if (names.Any(name => PersonText.LooksLikeNationalId(name))) yield return SyntheticFault.NationalIdInName;
        if (names.Any(name => PersonText.Clean(name).Length > PersonText.NamePartMaxLength)) yield return SyntheticFault.CellTooLong;
        var error = DateText.Parse(Value("Date de naissance"), out DateOnly birth);
        if (error == DateTextError.Impossible) yield return SyntheticFault.ImpossibleDate;
        else if (birth > reference) yield return SyntheticFault.FutureBirthDate;
        else if (birth.AddYears(18) <= reference) yield return SyntheticFault.TooOld;
        else Assert.That(birth.AddYears(8), Is.LessThanOrEqualTo(reference));
        if (!"M F Masculin Féminin Garçon Fille ذكر أنثى".Split(' ').Contains(Value("Sexe"))) yield return SyntheticFault.UnknownSex;
        if (!clubs.Contains(Value("Site"))) yield return SyntheticFault.UnknownSite;
        if (Value("Nom du tuteur").Length == 0) yield return SyntheticFault.MissingGuardian;
        switch (PhoneNumber.Parse(Value("Téléphone du tuteur"), out _))
        {
            case PhoneError.Missing: yield return SyntheticFault.MissingPhone; break;
            case PhoneError.ForeignCountry: yield return SyntheticFault.ForeignPhone; break;
            case PhoneError.Malformed: Assert.Fail("A phone is malformed."); break;
            case PhoneError.None: break;
        }
        var consent = Value("Date du consentement");
        if (consent.Length > 0) Assert.That(DateText.Parse(consent, out DateOnly _), Is.EqualTo(DateTextError.None));
    }

    private static string Text(SyntheticOptions options)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        SyntheticClubList.Write(writer, options);
        return writer.ToString();
    }

    internal static string FindReference()
    {
        for (var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, "seed-data", "reference"))) return Path.Combine(folder.FullName, "seed-data", "reference");
        throw new DirectoryNotFoundException("seed-data/reference was not found above the test directory.");
    }
}
