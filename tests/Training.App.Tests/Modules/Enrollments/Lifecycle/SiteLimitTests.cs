using System.Net.Http.Json;
using System.Text.Json;
using Training.App.Tests.Modules.Enrollments.Imports;

namespace Training.App.Tests.Modules.Enrollments.Lifecycle;

/// <summary>A site gives no more places than its limit, over all its groups, whatever door they are asked through.</summary>
internal sealed class SiteLimitTests
{
    private TrainingApplication app = null!;
    private HttpClient nation = null!;
    private Club club = null!;

    [SetUp]
    public async Task Start()
    {
        app = new TrainingApplication();
        nation = app.Nation();
        club = await Club.OpenAsync(app, "RSB", capacity: 5);
    }

    [TearDown]
    public void Stop()
    {
        nation.Dispose();
        app.Dispose();
    }

    [Test]
    public async Task A_full_site_opens_no_further_group_and_the_child_waits()
    {
        await LimitAsync(2);
        var statuses = new List<string>();
        for (var i = 0; i < 3; i++) statuses.Add((await RegisterAnywhereAsync(i)).Text("status")!);
        Assert.That(statuses, Is.EqualTo(new[] { "active", "active", "waitlisted" }));
        Assert.That(await GroupsAsync(), Is.EqualTo(new[] { ("U13", 2) }));
    }

    [Test]
    public async Task A_group_with_room_gives_no_place_beyond_the_limit_of_its_site()
    {
        await club.ActAsync("/api/groups", new { site = "RSB", edition = "football-2026", name = "U15", capacity = 5 });
        await LimitAsync(1);
        var first = await club.RegisterAsync();
        var second = await club.RegisterAsync();
        Assert.That((first.Status, second.Status), Is.EqualTo(("active", "waitlisted")));
    }

    [Test]
    public async Task A_place_that_comes_free_in_one_group_is_offered_to_the_first_who_waits_in_any()
    {
        var other = (await club.ActAsync("/api/groups", new { site = "RSB", edition = "football-2026", name = "U15", capacity = 5 })).Text("group")!;
        var held = await club.RegisterAsync();
        await LimitAsync(1);
        app.Time.Advance(TimeSpan.FromMinutes(1));
        var waits = await RegisterInAsync(other, 40);
        app.Time.Advance(TimeSpan.FromMinutes(1));
        var later = await club.RegisterAsync();
        Assert.That((waits.Text("status"), later.Status), Is.EqualTo(("waitlisted", "waitlisted")));

        var (mine, listed) = (await club.LookAsync(later.Enrollment), await club.Coach.ItemsAsync("/api/waiting-list?site=RSB&edition=football-2026"));
        Assert.That((mine.GetProperty("position").GetInt32(), mine.GetProperty("waiting").GetInt32()), Is.EqualTo((2, 2)), "one order for the site");
        Assert.That(listed.Select(row => row.GetProperty("position").GetInt32()), Is.EqualTo(new[] { 1, 2 }));
        await club.WithdrawAsync(held.Enrollment);
        Assert.That(Club.HasOffer(await club.LookAsync(waits.Text("enrollment")!)), Is.True, "in the other group, but first");
        Assert.That(Club.HasOffer(await club.LookAsync(later.Enrollment)), Is.False);
        Assert.That(await club.SweepAsync(), Is.EqualTo((0, 0)), "nothing is left to offer");
    }

    [Test]
    public async Task Raising_or_lifting_the_limit_offers_the_places_at_once()
    {
        await LimitAsync(1);
        await club.RegisterAsync();
        var (second, third) = (await club.RegisterAsync(), await club.RegisterAsync());
        Assert.That((await LimitAsync(2)).GetProperty("offered").GetInt32(), Is.EqualTo(1));
        Assert.That((await LimitAsync(null)).GetProperty("offered").GetInt32(), Is.EqualTo(1));
        Assert.That(Club.HasOffer(await club.LookAsync(second.Enrollment)) && Club.HasOffer(await club.LookAsync(third.Enrollment)), Is.True);
    }

    [Test]
    public async Task A_change_of_group_within_a_full_site_is_an_exchange()
    {
        var other = (await club.ActAsync("/api/groups", new { site = "RSB", edition = "football-2026", name = "U15", capacity = 5 })).Text("group")!;
        var held = await club.RegisterAsync();
        await LimitAsync(1);
        var moved = await club.ActAsync($"/api/enrollments/{held.Enrollment}/group", new { group = other });
        Assert.That(moved.Text("status"), Is.EqualTo("active"));
        Assert.That(await GroupsAsync(), Is.EqualTo(new[] { ("U13", 0), ("U15", 1) }));
    }

    [Test]
    public async Task A_list_fills_the_site_and_its_other_children_wait()
    {
        await LimitAsync(3);
        var preview = await club.Coach.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(5)}");
        var import = await club.Coach.CommitAsync(preview);
        Assert.That(import.Text("status"), Is.EqualTo("done"), import.GetRawText());
        Assert.That((await GroupsAsync()).Sum(group => group.Item2), Is.EqualTo(3));
        Assert.That(await club.Coach.ItemsAsync("/api/waiting-list?site=RSB&edition=football-2026"), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task The_limit_never_falls_below_the_places_held_and_is_the_coordinators()
    {
        await club.RegisterAsync();
        await club.RegisterAsync();
        Assert.That(await PutAsync(nation, "RSB", 1), Is.EqualTo((409, "siteBelowTaken")));
        Assert.That((await PutAsync(nation, "RSB", 0)).Status, Is.EqualTo(400));
        Assert.That((await PutAsync(club.Coach, "RSB", 10)).Status, Is.EqualTo(403));
        using var region = await app.RegionAsync("04");
        Assert.That(await PutAsync(region, "RSB", 10), Is.EqualTo((404, "siteNotFound")), "a club of another region");
    }

    [Test]
    public async Task Twenty_registrations_at_once_never_take_more_than_the_limit()
    {
        await club.ActAsync("/api/groups", new { site = "RSB", edition = "football-2026", name = "U15", capacity = 30 });
        await LimitAsync(7);
        await Task.WhenAll(Enumerable.Range(100, 20).Select(RegisterAnywhereAsync));
        Assert.That((await GroupsAsync()).Sum(group => group.Item2), Is.EqualTo(7));
    }

    private async Task<JsonElement> LimitAsync(int? places)
    {
        var answer = await nation.PutAsJsonAsync("/api/sites/RSB/limit", new { edition = "football-2026", places });
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), await answer.Content.ReadAsStringAsync());
        return await answer.JsonAsync();
    }

    private static async Task<(int Status, string? Code)> PutAsync(HttpClient client, string site, int places)
    {
        var answer = await client.PutAsJsonAsync($"/api/sites/{site}/limit", new { edition = "football-2026", places });
        return ((int)answer.StatusCode, await answer.CodeAsync());
    }

    private Task<JsonElement> RegisterAnywhereAsync(int number) => RegisterInAsync(null, number);

    private Task<JsonElement> RegisterInAsync(string? group, int number)
    {
        var body = Bodies.Child(number, "RSB");
        body["group"] = group;
        body["duplicateDecision"] = "notADuplicate";
        return TrainingApplication.RegisterAsync(club.Coach, body);
    }

    private async Task<(string, int)[]> GroupsAsync() =>
        [.. (await club.Coach.ItemsAsync("/api/groups?site=RSB&edition=football-2026")).Select(group => (group.Text("name")!, group.GetProperty("taken").GetInt32()))];
}
