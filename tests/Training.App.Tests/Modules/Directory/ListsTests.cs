using System.Net;

namespace Training.App.Tests.Modules.Directory;

internal sealed class ListsTests
{
    private TrainingApplication app = null!;

    [OneTimeSetUp]
    public void Start() => app = new TrainingApplication();

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public async Task Lists_the_territory_with_codes_as_text()
    {
        var regions = await app.Nation().ItemsAsync("/api/regions");
        var provinces = await app.Nation().ItemsAsync("/api/provinces");
        var leagues = await app.Nation().ItemsAsync("/api/leagues");

        Assert.That(regions[0].Text("code"), Is.EqualTo("01"));
        Assert.That((regions.Length, provinces.Length, leagues.Length), Is.EqualTo((12, 75, 17)));
        var berkane = provinces.Single(row => row.Text("code") == "02.113");
        Assert.That((berkane.Text("region"), berkane.Text("league")), Is.EqualTo(("02", "LR-ORI")));
    }

    [Test]
    public async Task Lists_sites_by_kind_and_region()
    {
        var houses = await app.Nation().ItemsAsync("/api/sites?kind=youthHouse&region=04");

        Assert.That(houses.Select(row => row.Text("code")), Does.Contain("MJ-04-001").And.All.StartsWith("MJ-04-"));
    }

    [TestCase("el jadida")]
    [TestCase("DIFAA")]
    [TestCase("الدفاع")]
    [TestCase("dhj")]
    public async Task Finds_a_site_without_regard_to_accents_or_case(string typed)
    {
        var found = await app.Nation().ItemsAsync($"/api/sites?q={Uri.EscapeDataString(typed)}");

        Assert.That(found.Select(row => row.Text("code")), Does.Contain("DHJ"));
    }

    [TestCase("kind=school", "kind")]
    [TestCase("region=99", "region")]
    public async Task Refuses_a_filter_it_does_not_know(string query, string field)
    {
        var answer = await app.Nation().GetAsync(new Uri($"/api/sites?{query}", UriKind.Relative));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await answer.JsonAsync()).Faults(field), Is.EqualTo(new[] { "unknownValue" }));
    }

    [Test]
    public async Task Lists_both_editions_with_their_settings()
    {
        var editions = await app.Nation().ItemsAsync("/api/editions");

        var football = editions.Single(row => row.Text("code") == "football-2026");
        Assert.That(football.GetProperty("target").GetInt32(), Is.EqualTo(200_000));
        Assert.That(football.Text("ageReferenceDate"), Is.EqualTo("2026-09-01"));
        Assert.That(football.GetProperty("modules").EnumerateArray().Select(row => row.Text("code")), Does.Contain("ethics"));
        Assert.That(editions.Select(row => row.Text("code")), Does.Contain("youthhouse-2026"));
    }

    [TestCase("/api/regions")]
    [TestCase("/api/provinces")]
    [TestCase("/api/leagues")]
    [TestCase("/api/sites")]
    [TestCase("/api/editions")]
    [TestCase("/api/groups")]
    public async Task Refuses_a_caller_who_has_not_signed_in(string address)
    {
        var answer = await app.Anonymous().GetAsync(new Uri(address, UriKind.Relative));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await answer.CodeAsync(), Is.EqualTo("notSignedIn"));
    }
}
