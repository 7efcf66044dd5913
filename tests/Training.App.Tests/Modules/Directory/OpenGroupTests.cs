using System.Net;
using System.Net.Http.Json;

namespace Training.App.Tests.Modules.Directory;

internal sealed class OpenGroupTests
{
    private static readonly Uri Groups = new("/api/groups", UriKind.Relative);

    private TrainingApplication app = null!;

    [OneTimeSetUp]
    public void Start() => app = new TrainingApplication();

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public async Task Opens_a_group_that_is_listed_afterwards()
    {
        var coach = await app.SiteAsync("RSB");

        var answer = await coach.PostAsJsonAsync(Groups, new { site = "RSB", edition = "football-2026", name = "  U13   A ", capacity = 25 });

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        var id = (await answer.JsonAsync()).Text("group");
        var listed = (await coach.ItemsAsync("/api/groups?site=RSB&edition=football-2026")).Single(row => row.Text("id") == id);
        Assert.That((listed.Text("name"), listed.GetProperty("capacity").GetInt32(), listed.GetProperty("taken").GetInt32()), Is.EqualTo(("U13 A", 25, 0)));
    }

    [Test]
    public async Task Refuses_a_second_group_of_the_same_name()
    {
        var body = new { site = "WAC", edition = "football-2026", name = "Twice", capacity = 10 };
        await app.Nation().PostAsJsonAsync(Groups, body);

        var answer = await app.Nation().PostAsJsonAsync(Groups, body);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(await answer.CodeAsync(), Is.EqualTo("groupNameTaken"));
    }

    [Test]
    public async Task Answers_a_repeated_request_as_before()
    {
        var client = app.Nation();
        client.DefaultRequestHeaders.Add("Idempotency-Key", "group-1");
        var body = new { site = "OCS", edition = "football-2026", name = "Once", capacity = 10 };
        var first = await (await client.PostAsJsonAsync(Groups, body)).JsonAsync();

        var repeated = await client.PostAsJsonAsync(Groups, body);

        Assert.That(repeated.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((await repeated.JsonAsync()).Text("group"), Is.EqualTo(first.Text("group")));
    }

    [Test]
    public async Task Does_not_know_a_site_of_another_perimeter()
    {
        var coach = await app.SiteAsync("RSB");

        var answer = await coach.PostAsJsonAsync(Groups, new { site = "WAC", edition = "football-2026", name = "A", capacity = 10 });

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await answer.CodeAsync(), Is.EqualTo("siteNotFound"));
    }

    [Test]
    public async Task Shows_no_group_of_another_perimeter()
    {
        await app.Nation().PostAsJsonAsync(Groups, new { site = "FUS", edition = "football-2026", name = "Theirs", capacity = 10 });
        var coach = await app.SiteAsync("RSB");

        Assert.That((await coach.ItemsAsync("/api/groups")).Select(row => row.Text("site")), Has.None.EqualTo("FUS"));
        var asked = await coach.GetAsync(new Uri("/api/groups?site=FUS", UriKind.Relative));
        Assert.That(asked.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_region_sees_the_groups_of_its_sites()
    {
        await app.Nation().PostAsJsonAsync(Groups, new { site = "MJ-04-001", edition = "youthhouse-2026", name = "Camp 1", capacity = 60 });

        var region = await app.RegionAsync("04");

        Assert.That((await region.ItemsAsync("/api/groups")).Select(row => row.Text("name")), Does.Contain("Camp 1"));
    }

    [TestCase(0)]
    [TestCase(501)]
    [TestCase(-3)]
    public async Task Refuses_a_capacity_outside_its_bounds(int capacity)
    {
        var answer = await app.Nation().PostAsJsonAsync(Groups, new { site = "RSB", edition = "football-2026", name = "B", capacity });

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await answer.JsonAsync()).Faults("capacity"), Is.EqualTo(new[] { "outOfRange" }));
    }

    [Test]
    public async Task Names_every_missing_field_at_once()
    {
        var problem = await (await app.Nation().PostAsJsonAsync(Groups, new { })).JsonAsync();

        foreach (var field in new[] { "site", "edition", "name", "capacity" }) Assert.That(problem.Faults(field), Is.EqualTo(new[] { "missing" }));
    }

    [Test]
    public async Task Refuses_a_name_too_long_to_print()
    {
        var answer = await app.Nation().PostAsJsonAsync(
            Groups, new { site = "RSB", edition = "football-2026", name = new string('a', 81), capacity = 5 });

        Assert.That((await answer.JsonAsync()).Faults("name"), Is.EqualTo(new[] { "tooLong" }));
    }

    [Test]
    public async Task Refuses_a_site_of_the_other_track()
    {
        var answer = await app.Nation().PostAsJsonAsync(Groups, new { site = "RSB", edition = "youthhouse-2026", name = "A", capacity = 5 });

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await answer.CodeAsync(), Is.EqualTo("siteOfOtherTrack"));
    }
}
