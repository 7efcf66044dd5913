using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Platform;
using Training.App.Tests.Modules.Enrollments.Imports;
using Training.App.Tests.Pages;
using Training.Data.Audit;

namespace Training.App.Tests.Modules.Reporting;

/// <summary>The target by region: by arithmetic until the directorate says otherwise, and again when it wishes.</summary>
internal sealed class TargetsTests
{
    private const string Door = "/api/editions/football-2026/targets";

    private static readonly string[] WithoutFirstDivision = ["05", "08", "10", "11", "12"];

    private TrainingApplication application = null!;

    [SetUp]
    public void Open() => application = new TrainingApplication(("App:Roles", "Web"));

    [TearDown]
    public async Task CloseAsync() => await application.DisposeAsync();

    [Test]
    public async Task Begins_with_the_arithmetic_and_tells_where_no_first_division_club_is()
    {
        var table = await application.Nation().JsonAsync(Door);

        Assert.That((table.GetProperty("national").GetInt32(), table.GetProperty("sum").GetInt32()), Is.EqualTo((200_000, 200_000)));
        Assert.That(table.GetProperty("setAt").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(table.GetProperty("items").EnumerateArray().Where(row => !row.GetProperty("hasFirstDivisionClub").GetBoolean()).Select(row => row.Text("region")), Is.EqualTo(WithoutFirstDivision));
    }

    [Test]
    public async Task What_the_directorate_says_stands_in_the_figures_at_once_with_its_sum_and_in_the_record()
    {
        var client = application.Nation();
        using var said = await client.PutAsJsonAsync(Door, new { targets = Table(10_000) });
        var table = await said.JsonAsync();

        Assert.That((int)said.StatusCode, Is.EqualTo(200), table.ToString());
        Assert.That((table.GetProperty("sum").GetInt32(), table.GetProperty("national").GetInt32()), Is.EqualTo((120_000, 200_000)));
        Assert.That(table.GetProperty("setAt").GetDateTimeOffset(), Is.EqualTo(TrainingApplication.Start));
        var report = await client.JsonAsync("/api/reports/attendance?edition=football-2026&by=region");
        Assert.That(report.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("target").GetInt32()), Is.All.EqualTo(10_000));
        Assert.That(await ActsAsync(), Has.Some.EqualTo(("bootstrap", "Reporting/Targets/SetTargets")));

        using var back = await client.DeleteAsync(Door);
        var computed = await back.JsonAsync();
        Assert.That((computed.GetProperty("sum").GetInt32(), computed.GetProperty("setAt").ValueKind), Is.EqualTo((200_000, JsonValueKind.Null)));
        Assert.That(computed.GetProperty("items").EnumerateArray().All(row => row.GetProperty("target").GetInt32() == row.GetProperty("computed").GetInt32()), Is.True);
    }

    [TestCase("{}", "targets.01")]
    [TestCase("""{ "targets": { "01": -1 } }""", "targets.01")]
    [TestCase("""{ "targets": { "01": 200001 } }""", "targets.01")]
    [TestCase("""{ "targets": { "99": 5 } }""", "targets")]
    public async Task A_table_that_is_not_whole_is_refused_with_what_is_missing(string body, string field)
    {
        using var answer = await application.Nation().PutAsync(Door, new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        Assert.That((await answer.JsonAsync()).GetProperty("errors").TryGetProperty(field, out _), Is.True);
    }

    [Test]
    public async Task The_page_takes_the_table_shows_the_sum_and_goes_back()
    {
        using var client = await application.DirectorateAsync("direction@test.example");
        (string, string)[] fields = [("Edition", "football-2026"), .. Table(10_000).Select(row => ($"Targets[{row.Key}]", row.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)))];

        using (var said = await client.SendFormAsync("/reports/targets", "/reports/targets", fields)) Assert.That((int)said.StatusCode, Is.EqualTo(302));
        var page = System.Net.WebUtility.HtmlDecode(await client.GetStringAsync("/reports/targets?edition=football-2026"));
        Assert.That(page, Does.Contain("120\u202f000").And.Contain("200\u202f000").And.Contain("Sans club de première division"));
        using (var wrong = await client.SendFormAsync("/reports/targets", "/reports/targets", [.. fields[..^1], ("Targets[12]", "-4")]))
            Assert.That(await wrong.Content.ReadAsStringAsync(), Does.Contain("#target-12").And.Contain("value=\"-4\""));
        using (var back = await client.SendFormAsync("/reports/targets", "/reports/targets?handler=Compute", ("Edition", "football-2026"))) Assert.That((int)back.StatusCode, Is.EqualTo(302));
        Assert.That(await client.GetStringAsync("/reports/targets?edition=football-2026"), Does.Contain("Par le calcul"));
    }

    [Test]
    public async Task The_overview_says_in_words_which_regions_have_no_first_division_club()
    {
        using var client = await application.DirectorateAsync("direction@test.example");
        var page = await client.GetStringAsync("/reports?edition=football-2026");
        var workshops = await client.GetStringAsync("/reports?edition=youthhouse-2026");

        Assert.That(page, Does.Contain("Régions sans club de première division : Béni Mellal-Khénifra, Drâa-Tafilalet"));
        Assert.That(page.Split("map__tile--open\" x=").Length - 1, Is.EqualTo(6), "five regions and the key");
        Assert.That(workshops, Does.Not.Contain("première division"));
    }

    private static Dictionary<string, int> Table(int each) => Enumerable.Range(1, 12).ToDictionary(region => $"{region:00}", _ => each);

    private Task<List<(string, string)>> ActsAsync() => application.InsideAsync(async services =>
        (await services.GetRequiredService<ReadDb>().Set<AuditEntry>().ToListAsync()).ConvertAll(row => (row.By, row.Act)));
}
