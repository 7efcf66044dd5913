using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Registry;
using Training.App.Platform.Http;
using Training.App.Tests.Modules.Enrollments;
using Training.Data.Scope;
using Training.Domain.Access;

namespace Training.App.Tests.Modules.Registry;

internal sealed class SearchParticipantsTests
{
    private TrainingApplication app = null!;
    private HttpClient nation = null!;
    private string yasmine = "";
    private string arabicOnly = "";
    private string coded = "";

    [OneTimeSetUp]
    public async Task Start()
    {
        app = new TrainingApplication();
        nation = app.Nation();
        yasmine = (await TrainingApplication.RegisterAsync(nation, Bodies.Yasmine())).Text("participant")!;
        var arabic = Bodies.Child(1);
        arabic["participant"]!["givenName"] = null;
        arabic["participant"]!["familyName"] = null;
        arabic["participant"]!["givenNameAr"] = "محمد أمين";
        arabic["participant"]!["familyNameAr"] = "الإدريسي";
        arabicOnly = (await TrainingApplication.RegisterAsync(nation, arabic)).Text("participant")!;
        await TrainingApplication.RegisterAsync(nation, Bodies.Child(2, "WAC"));
        await RegisterWithCodesAsync();
    }

    private async Task RegisterWithCodesAsync()
    {
        var body = Bodies.Child(3);
        body["participant"]!["massarCode"] = "Z123456789";
        body["participant"]!["fifaId"] = "1A2B3C4";
        body["participant"]!["licenceNumber"] = "LIC-2026/77";
        coded = (await TrainingApplication.RegisterAsync(nation, body)).Text("participant")!;
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        nation.Dispose();
        await app.DisposeAsync();
    }

    [TestCase("Yasmine El Alaoui")]
    [TestCase("yassmine alaoui")]
    [TestCase("ALAOUI Yasmin")]
    [TestCase("Alaoui")]
    [TestCase("ياسمين")]
    [TestCase("العلوي ياسمين")]
    public async Task Finds_a_name_however_it_is_spelled(string query) => Assert.That(await CodesAsync(query), Does.Contain(yasmine));

    [TestCase("محمد")]
    [TestCase("الادريسي")]
    public async Task Finds_a_name_known_in_arabic_alone(string query) => Assert.That(await CodesAsync(query), Does.Contain(arabicOnly));

    [Test]
    public async Task Finds_nobody_by_another_name() => Assert.That(await CodesAsync("Boutaina Zemmouri"), Is.Empty);

    [Test]
    public async Task Finds_a_code_however_it_is_typed()
    {
        Assert.That(await CodesAsync(yasmine), Is.EqualTo(new[] { yasmine }));
        Assert.That(await CodesAsync(yasmine.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal)), Is.EqualTo(new[] { yasmine }));
    }

    [TestCase("E18-B24")]
    [TestCase("yasmine 7")]
    public async Task Takes_what_has_a_digit_for_no_name(string typed) => Assert.That(await CodesAsync(typed), Is.Empty);

    [Test]
    public async Task Says_whom_a_mistyped_code_probably_means()
    {
        foreach (var typed in (string[])[Wrong(yasmine, 7), Wrong(yasmine, 1), Exchanged(yasmine)])
        {
            var answer = await (await nation.GetAsync(Address(typed))).JsonAsync();

            Assert.That(answer.GetProperty("items").GetArrayLength(), Is.Zero, typed);
            Assert.That(answer.GetProperty("codeNear").Text("participant"), Is.EqualTo(yasmine), typed);
        }
    }

    [Test]
    public async Task Says_only_that_a_code_was_mistyped_when_nobody_in_reach_is_near()
    {
        using var other = await app.SiteAsync("WAC");

        var answer = await other.GetAsync(Address(Wrong(yasmine, 7)));

        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        Assert.That((await answer.JsonAsync()).Faults("q"), Is.EqualTo(new[] { "codeMistyped" }));
    }

    [TestCase("Z123456789")]
    [TestCase("z 123 456 789")]
    [TestCase("1A2B3C4")]
    [TestCase("lic-2026/77")]
    public async Task Finds_the_codes_of_other_bodies(string typed)
    {
        Assert.That(await CodesAsync(typed), Is.EqualTo(new[] { coded }));
        using var other = await app.SiteAsync("WAC");
        // To whom the child is nobody, seven signs are one of our codes mistyped.
        using var elsewhere = await other.GetAsync(Address(typed));
        Assert.That(await elsewhere.Content.ReadAsStringAsync(), Does.Not.Contain(coded));
    }

    [Test]
    public async Task Answers_the_same_when_asked_in_a_body()
    {
        using var answer = await nation.PostAsJsonAsync("/api/participants/search", new { q = "yassmine alaoui", site = "RSB" });

        Assert.That((await answer.JsonAsync()).GetProperty("items").EnumerateArray().Select(item => item.Text("participant")), Is.EqualTo(new[] { yasmine }));
    }

    [TestCase("0612345678")]
    [TestCase("+212 6 12 34 56 78")]
    public async Task Finds_the_children_of_a_phone(string phone) => Assert.That(await CodesAsync(phone), Is.EqualTo(new[] { yasmine }));

    [Test]
    public async Task Shows_nobody_outside_the_perimeter()
    {
        using var other = await app.SiteAsync("WAC");

        Assert.That(await CodesAsync("Yasmine", other), Is.Empty);
        Assert.That(await CodesAsync(yasmine, other), Is.Empty);
        Assert.That(await CodesAsync("0612345678", other), Is.Empty);
        Assert.That(await CodesAsync("", other), Has.Length.EqualTo(1));
        Assert.That((int)(await other.GetAsync(new Uri("/api/participants?site=RSB", UriKind.Relative))).StatusCode, Is.EqualTo(404));
    }

    [TestCase("yassmine")]
    [TestCase("العلوي")]
    [TestCase("Alaoui Yasmine")]
    public async Task Finds_a_name_within_a_club_and_within_a_region(string query)
    {
        using var club = await app.SiteAsync("RSB");
        using var region = await app.RegionAsync("02");
        using var elsewhere = await app.RegionAsync("04");

        Assert.That(await CodesAsync(query, club), Is.EqualTo(new[] { yasmine }));
        Assert.That(await CodesAsync(query, region), Is.EqualTo(new[] { yasmine }));
        Assert.That(await CodesAsync(query, elsewhere), Is.Empty);
    }

    [Test]
    public async Task Finds_a_child_registered_since_the_last_search()
    {
        Assert.That(await CodesAsync("Boubker Ouahbi"), Is.Empty);
        var body = Bodies.Child(4, "AS-FAR");
        (body["participant"]!["givenName"], body["participant"]!["familyName"]) = ("Boubker", "Ouahbi");
        var code = (await TrainingApplication.RegisterAsync(nation, body)).Text("participant");

        Assert.That(await CodesAsync("boubkeur wahbi"), Is.EqualTo(new[] { code }));
    }

    [Test]
    public async Task Shows_the_directorate_initials_only()
    {
        var found = await app.InsideAsync(async services =>
        {
            services.GetRequiredService<CallerAccessor>().Current = new Caller("account:1", [Role.Directorate], AccessScope.Whole);
            return await services.GetRequiredService<SearchParticipants.Handler>()
                .HandleAsync(new SearchParticipants.Request("Alaoui Yasmine"), CancellationToken.None);
        });

        Assert.That(found.Value.Items.Select(item => (item.Name, item.NameAr, item.BirthDate)), Is.EqualTo(new[] { ("Y. E.", "ي. ا.", (DateOnly?)null) }));
    }

    [Test]
    public async Task Narrows_to_a_site()
    {
        var items = await nation.ItemsAsync("/api/participants?site=RSB");

        Assert.That(items.SelectMany(item => item.GetProperty("enrollments").EnumerateArray()).Select(row => row.Text("site")), Has.All.EqualTo("RSB"));
        Assert.That(items, Has.Length.EqualTo(3));
    }

    [Test]
    public async Task Gives_long_lists_in_parts()
    {
        await using var own = new TrainingApplication(TrainingApplication.OnSqlite);
        using var client = own.Nation();
        for (var i = 0; i < 53; i++) await TrainingApplication.RegisterAsync(client, Bodies.Child(i));

        var first = await (await client.GetAsync(new Uri("/api/participants", UriKind.Relative))).JsonAsync();
        var rest = await client.ItemsAsync($"/api/participants?cursor={first.Text("next")}");

        Assert.That(first.GetProperty("items").GetArrayLength(), Is.EqualTo(50));
        Assert.That(rest, Has.Length.EqualTo(3));

        var named = await (await client.GetAsync(Address("Bennani"))).JsonAsync();
        Assert.That(named.GetProperty("items").GetArrayLength(), Is.EqualTo(13));
        var third = named.GetProperty("items")[2].Text("participant");
        var after = await client.ItemsAsync($"{Address("Bennani")}&cursor=0.{third}");
        Assert.That(after.Select(item => item.Text("participant")), Is.EqualTo(named.GetProperty("items").EnumerateArray().Skip(3).Select(item => item.Text("participant"))));
    }

    [TestCase("cursor=nonsense", "cursor", "unknownValue")]
    [TestCase("q=a", "q", "tooShort")]
    public async Task Refuses_what_cannot_be_read(string query, string field, string code)
    {
        var answer = await nation.GetAsync(new Uri($"/api/participants?{query}", UriKind.Relative));

        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        Assert.That((await answer.JsonAsync()).Faults(field), Is.EqualTo(new[] { code }));
    }

    [TestCase("%_'\"\\")]
    [TestCase("((((")]
    [TestCase("12")]
    public async Task Finds_nobody_by_what_is_no_name(string query) => Assert.That(await CodesAsync(query), Is.Empty);

    /// <summary>The code with another symbol in a place.</summary>
    private static string Wrong(string code, int place) => code[..place] + (code[place] == '7' ? '8' : '7') + code[(place + 1)..];

    /// <summary>The code with the first two symbols that differ exchanged.</summary>
    private static string Exchanged(string code)
    {
        var place = code[0] == code[1] ? 1 : 0;
        return code[..place] + code[place + 1] + code[place] + code[(place + 2)..];
    }

    private static Uri Address(string query) => new($"/api/participants?q={Uri.EscapeDataString(query)}", UriKind.Relative);

    private async Task<string?[]> CodesAsync(string query, HttpClient? client = null) =>
        [.. (await (client ?? nation).ItemsAsync(Address(query).ToString())).Select(item => item.Text("participant"))];
}
