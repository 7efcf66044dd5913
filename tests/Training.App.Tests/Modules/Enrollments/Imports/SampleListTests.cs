using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.Data;
using Training.Data.Scope;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Enrollments.Imports;

/// <summary>The lists of <c>seed-data/samples</c>, as clubs send them.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class SampleListTests : IDisposable
{
    private readonly TrainingApplication app = new();

    public void Dispose() => app.Dispose();

    [TestCase("french-windows-1252.csv", 3, "Zoé Benkirane|Réda El Ouafi|Naïma Aït Ouakrim")]
    [TestCase("arabic-windows-1256.csv", 3, "ياسين الفاسي|سلمى بناني|أيوب آيت علي")]
    [TestCase("unicode-text-utf-16.csv", 2, "Hiba Chraibi|Othmane Tazi")]
    [TestCase("english-utf-8-bom.csv", 2, "Amal Naciri|Sami Lahlou")]
    [TestCase("arabic-digits.csv", 2, "مريم الوزاني|عبد الله العمراني")]
    [TestCase("french-month-dates.csv", 3, "Inès Kabbaj|Walid Sebti|Ghita Filali")]
    [TestCase("lost-zero-phones.csv", 3, "Aya Berrada|Nizar Mansouri|Lina Rhazi")]
    [TestCase("full-name-with-title.csv", 3, "Sofiane EL AMRANI|Fatima Zahra Bouzidi|Adam Ben Salah")]
    public async Task Registers_every_child_of_a_list(string file, int children, string names)
    {
        using var client = app.Nation();
        var preview = await client.PreviewAsync(await BytesAsync(file));
        Assert.That(preview.Counts(), Is.EqualTo((children, children, 0, 0, 0, 0)), string.Join("; ", preview.Refusals()));
        await client.CommitAsync(preview);

        await using var db = Open();
        var expected = names.Split('|');
        var found = await db.Set<Participant>().OrderBy(row => row.Id).ToListAsync();
        Assert.That(
            found.Select(row => $"{row.GivenName ?? row.GivenNameAr} {row.FamilyName ?? row.FamilyNameAr}").TakeLast(children), Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(Expected))]
    public async Task Comes_to_what_the_table_beside_the_samples_says(string file, string edition, string site, string status, string counts)
    {
        using var client = app.Nation();
        var read = await client.PreviewAsync(await BytesAsync(file), site.Length == 0 ? null : site, edition);
        var (rows, created, matched, already, possible, refused) = read.Counts();
        Assert.That((read.GetProperty("status").GetString(), $"{rows} {created} {matched} {already} {possible} {refused}"), Is.EqualTo((status, counts)), string.Join("; ", read.Refusals()));
    }

    [Test]
    public void Every_sample_stands_in_the_table()
    {
        var folder = Path.GetDirectoryName(PathOf("expected.csv"))!;
        Assert.That(
            System.IO.Directory.EnumerateFiles(folder).Select(Path.GetFileName).Except(["README.md", "expected.csv"]),
            Is.EquivalentTo(Expected().Select(row => row.Arguments[0])));
    }

    [Test, Explicit("Writes the workbooks of seed-data/samples anew.")]
    public void Write_the_sample_workbooks()
    {
        var folder = Path.GetDirectoryName(PathOf("README.md"))!;
        foreach (var (name, bytes) in SampleWorkbooks.All()) File.WriteAllBytes(Path.Combine(folder, name), bytes);
    }

    private static IEnumerable<TestCaseData> Expected() =>
        File.ReadLines(PathOf("expected.csv")).Skip(1).Select(line => new TestCaseData([.. line.Split(',')]));

    [Test]
    public async Task Reads_dates_phones_and_relationships_as_they_were_meant()
    {
        using var client = app.Nation();
        await client.CommitAsync(await client.PreviewAsync(await BytesAsync("lost-zero-phones.csv")));
        await client.CommitAsync(await client.PreviewAsync(await BytesAsync("full-name-with-title.csv")));
        await using var db = Open();
        var aya = await db.Set<Participant>().SingleAsync(row => row.FamilyName == "Berrada");
        Assert.That(aya.BirthDate, Is.EqualTo(new DateOnly(2013, 5, 1)), "a spreadsheet's serial number");
        var adam = await (from tie in db.Set<Guardianship>()
                          join child in db.Set<Participant>() on tie.ParticipantId equals child.Id
                          join guardian in db.Set<Guardian>() on tie.GuardianId equals guardian.Id
                          where child.FamilyName == "Ben Salah"
                          select new { tie.Relationship, guardian.Phone, guardian.Name }).FirstAsync();
        Assert.That((adam.Relationship, adam.Phone, adam.Name), Is.EqualTo((Relationship.Father, (string?)null, "Youssef Ben Salah")), "« Nom du père », « néant »");
    }

    [Test]
    public async Task Finds_sites_by_code_and_by_name_and_opens_the_named_group()
    {
        using var client = app.Nation();
        var preview = await client.PreviewAsync(await BytesAsync("youth-houses-by-name.csv"), site: null, edition: "youthhouse-2026");
        Assert.That(preview.Counts(), Is.EqualTo((5, 3, 0, 0, 0, 2)));
        Assert.That(preview.Refusals(), Is.EqualTo(new[] { "5 site siteOfOtherTrack", "6 site siteNotFound" }));
        await client.CommitAsync(preview);
        var groups = await client.JsonAsync("/api/groups?site=MJ-04-001&edition=youthhouse-2026");
        Assert.That(groups.GetProperty("items").EnumerateArray().Select(group => (group.GetProperty("name").GetString(), group.GetProperty("taken").GetInt32())),
            Is.EqualTo(new[] { ("Matin", 2) }));
    }

    [Test]
    public async Task Says_of_each_faulty_row_what_is_wrong_in_the_readers_language()
    {
        using var client = app.Nation();
        var preview = await client.PreviewAsync(await BytesAsync("faulty-rows.csv"));
        Assert.That(preview.Refusals(), Is.EqualTo(new[]
        {
            "2 birthDate impossibleDate", "3 birthDate impossibleDate", "4 familyName nameMissing", "5 givenName noLetter", "5 familyName noLetter", "6 familyName nationalId",
            "7 birthDate tooOld", "8 birthDate inFuture", "9 sex unknownSex", "9 guardianPhone phoneForeign", "10 guardianName missing", "10 guardianPhone phoneMissing",
            "11 massarCode massarMalformed", "11 consentOn inFuture", "12 - tooManyCells", "14 givenName foreignLetters", "14 guardianName foreignLetters", "14 birthDate tooOld",
        }));
        Assert.That(preview.Counts(), Is.EqualTo((13, 1, 0, 0, 0, 12)));
        var id = preview.GetProperty("id").GetString();
        var english = await client.JsonAsync($"/api/imports/{id}");
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("ar-MA");
        var arabic = await client.JsonAsync($"/api/imports/{id}");
        Assert.That(Message(arabic), Is.Not.EqualTo(Message(english)).And.Not.Contain("errors."));
        Assert.That(Message(english), Does.Not.Contain("errors."));
    }

    [Test]
    public async Task Gives_the_refused_rows_back_in_their_own_columns_with_the_reason_and_no_formula()
    {
        using var client = app.Nation();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr");
        var preview = await client.PreviewAsync(await BytesAsync("faulty-rows.csv"));
        using var response = await client.GetAsync(new Uri($"/api/imports/{preview.GetProperty("id").GetString()}/refused?format=csv", UriKind.Relative));
        var lines = (await response.Content.ReadAsStringAsync()).Split("\r\n");
        Assert.Multiple(() =>
        {
            Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/csv"));
            Assert.That(lines[0].TrimStart('\uFEFF'), Does.StartWith("Prénom;Nom;Date de naissance;").And.EndWith(";Motif du refus"));
            Assert.That(lines[1], Does.StartWith("Adil;Zniber;31/02/2013;M;Hamid Zniber;0661020001;;;;Date de naissance: "));
            Assert.That(lines.Where(line => line.Length > 0).ToList(), Has.Count.EqualTo(13));
            Assert.That(lines, Has.One.StartsWith("'=cmd|' /C calc'!A0;Soussi;").And.One.Contains(";'@SUM(A1);"));
        });
        using var ods = await client.GetAsync(new Uri($"/api/imports/{preview.GetProperty("id").GetString()}/refused?format=ods", UriKind.Relative));
        Assert.That((int)ods.StatusCode, Is.EqualTo(400));
    }

    private static string? Message(JsonElement import) => import.GetProperty("refusals")[0].GetProperty("message").GetString();

    private static Task<byte[]> BytesAsync(string file) => File.ReadAllBytesAsync(PathOf(file));

    private static string PathOf(string file)
    {
        for (var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "seed-data", "samples", file);
            if (File.Exists(path)) return path;
        }
        throw new FileNotFoundException("The sample was not found above the test directory.", file);
    }

    private TrainingDbContext Open() => new(app.Services.GetRequiredService<DbContextOptions<TrainingDbContext>>()) { Scope = AccessScope.Whole };
}
