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

    [Test]
    public async Task Says_that_a_code_was_mistyped()
    {
        var last = yasmine[^1] == '7' ? '8' : '7';

        var answer = await nation.GetAsync(Address($"{yasmine[..^1]}{last}"));

        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        Assert.That((await answer.JsonAsync()).Faults("q"), Is.EqualTo(new[] { "codeMistyped" }));
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

    [Test]
    public async Task Shows_the_directorate_initials_only()
    {
        var found = await app.InsideAsync(async services =>
        {
            services.GetRequiredService<CallerAccessor>().Current = new Caller("account:1", [Role.Directorate], AccessScope.Whole);
            return await services.GetRequiredService<SearchParticipants.Handler>()
                .HandleAsync(new SearchParticipants.Request("Alaoui Yasmine", null, null, null), CancellationToken.None);
        });

        Assert.That(found.Value.Items.Select(item => (item.Name, item.NameAr, item.BirthDate)), Is.EqualTo(new[] { ("Y. E.", "ي. ا.", (DateOnly?)null) }));
    }

    [Test]
    public async Task Narrows_to_a_site()
    {
        var items = await nation.ItemsAsync("/api/participants?site=RSB");

        Assert.That(items.SelectMany(item => item.GetProperty("enrollments").EnumerateArray()).Select(row => row.Text("site")), Has.All.EqualTo("RSB"));
        Assert.That(items, Has.Length.EqualTo(2));
    }

    [Test]
    public async Task Gives_long_lists_in_parts()
    {
        await using var own = new TrainingApplication();
        using var client = own.Nation();
        for (var i = 0; i < 53; i++) await TrainingApplication.RegisterAsync(client, Bodies.Child(i));

        var first = await (await client.GetAsync(new Uri("/api/participants", UriKind.Relative))).JsonAsync();
        var rest = await client.ItemsAsync($"/api/participants?cursor={first.Text("next")}");

        Assert.That(first.GetProperty("items").GetArrayLength(), Is.EqualTo(50));
        Assert.That(rest, Has.Length.EqualTo(3));
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

    private static Uri Address(string query) => new($"/api/participants?q={Uri.EscapeDataString(query)}", UriKind.Relative);

    private async Task<string?[]> CodesAsync(string query, HttpClient? client = null) =>
        [.. (await (client ?? nation).ItemsAsync(Address(query).ToString())).Select(item => item.Text("participant"))];
}
