using System.Net.Http.Json;
using System.Text.Json;
using Training.App.Tests.Modules.Directory;

namespace Training.App.Tests.Modules.Enrollments.Lifecycle;

/// <summary>A club's children go on to the next edition, over HTTP.</summary>
internal sealed class RollOverTests
{
    private TrainingApplication app = null!;
    private Club club = null!;

    [SetUp]
    public async Task Start()
    {
        app = new TrainingApplication();
        using var nation = app.Nation();
        var opened = await nation.PostAsJsonAsync("/api/editions", NextEditions.Football());
        Assert.That((int)opened.StatusCode, Is.EqualTo(201), await opened.Content.ReadAsStringAsync());
        club = await Club.OpenAsync(app, "RSB", capacity: 5);
    }

    [TearDown]
    public void Stop() => app.Dispose();

    [Test]
    public async Task A_child_goes_on_in_the_group_of_the_same_name_and_consent_is_asked_for_again()
    {
        var child = await club.RegisterAsync();
        var taken = await TakeAsync(new { enrollment = child.Enrollment });

        var next = taken.GetProperty("children")[0].GetProperty("takenOver");
        Assert.That(taken.GetProperty("takenOver").GetInt32(), Is.EqualTo(1));
        Assert.That(next.Text("status"), Is.EqualTo("awaitingConsent"), "the earlier consent is not carried along");
        Assert.That(await club.HistoryAsync(next.Text("enrollment")!), Is.EqualTo(new[] { "rolledOver", "registered" }));
        Assert.That((await club.LookAsync(child.Enrollment)).Text("status"), Is.EqualTo("active"), "the edition before keeps its enrollment");
        var group = (await club.Coach.ItemsAsync("/api/groups?site=RSB&edition=football-2027")).Single();
        Assert.That((group.Text("name"), group.GetProperty("capacity").GetInt32(), group.GetProperty("taken").GetInt32()), Is.EqualTo(("U13", 5, 1)));

        await club.ActAsync($"/api/participants/{child.Participant}/consents", new { purpose = "participation", givenOn = "2026-11-20" });
        Assert.That((await club.LookAsync(next.Text("enrollment")!)).Text("status"), Is.EqualTo("active"));
    }

    [Test]
    public async Task A_new_signature_makes_the_enrollment_active_at_once()
    {
        var child = await club.RegisterAsync();
        var taken = await TakeAsync(new { enrollment = child.Enrollment, consent = new { guardian = 1, givenOn = "2026-11-20" } });
        var next = taken.GetProperty("children")[0].GetProperty("takenOver");
        Assert.That(next.Text("status"), Is.EqualTo("active"));
        Assert.That(await club.HistoryAsync(next.Text("enrollment")!), Is.EqualTo(new[] { "consentGiven", "rolledOver", "registered" }));
    }

    [Test]
    public async Task A_repeat_changes_nothing_and_says_so()
    {
        var child = await club.RegisterAsync();
        await TakeAsync(new { enrollment = child.Enrollment });
        var again = await TakeAsync(new { enrollment = child.Enrollment, consent = new { guardian = 1, givenOn = "2026-11-20" } });
        Assert.That(again.GetProperty("takenOver").GetInt32(), Is.Zero);
        Assert.That(RefusalOf(again, 0), Is.EqualTo("alreadyEnrolled"));
        var listed = (await ListAsync()).Single();
        Assert.That(listed.Text("state"), Is.EqualTo("alreadyEnrolled"));
    }

    [Test]
    public async Task Who_has_grown_too_old_is_listed_with_the_facts_and_keeps_nobody_else_from_it()
    {
        var grown = await RegisterAsync("2008-01-03");
        var young = await RegisterAsync("2014-05-06");
        var listed = (await ListAsync()).ToDictionary(item => item.Text("enrollment")!);
        Assert.Multiple(() =>
        {
            Assert.That(listed[grown].Text("state"), Is.EqualTo("refused"));
            Assert.That(listed[grown].GetProperty("refusal").Text("code"), Is.EqualTo("tooOld"));
            Assert.That(listed[grown].GetProperty("refusal").Text("message"), Does.Contain("19").And.Contain("18").And.Contain("01/09/2027"));
            Assert.That(listed[young].Text("state"), Is.EqualTo("ready"));
            Assert.That(listed[young].Text("category"), Is.EqualTo("U14"), "in the season to come");
        });
        var taken = await TakeAsync(new { enrollment = grown }, new { enrollment = young }, new { enrollment = "e_999999" });
        Assert.That(taken.GetProperty("takenOver").GetInt32(), Is.EqualTo(1));
        Assert.That((RefusalOf(taken, 0), RefusalOf(taken, 1), RefusalOf(taken, 2)), Is.EqualTo(("tooOld", (string?)null, "enrollmentNotFound")));
    }

    [Test]
    public async Task A_full_group_means_the_waiting_list_in_the_order_of_the_request()
    {
        await club.ActAsync($"/api/groups", new { site = "RSB", edition = "football-2027", name = "u13", capacity = 1 });
        var (first, second) = (await club.RegisterAsync(), await club.RegisterAsync());
        var taken = await TakeAsync(new { enrollment = second.Enrollment }, new { enrollment = first.Enrollment });
        var states = taken.GetProperty("children").EnumerateArray().Select(child => child.GetProperty("takenOver").Text("status"));
        Assert.That(states, Is.EqualTo(new[] { "awaitingConsent", "waitlisted" }), "names of groups are compared without regard to case");
    }

    [Test]
    public async Task Another_clubs_children_cannot_be_taken()
    {
        var other = await Club.OpenAsync(app, "WAC", capacity: 5);
        var (own, foreign) = (await club.RegisterAsync(), await other.RegisterAsync());
        var taken = await TakeAsync(new { enrollment = foreign.Enrollment }, new { enrollment = own.Enrollment });
        Assert.That((RefusalOf(taken, 0), RefusalOf(taken, 1)), Is.EqualTo(("enrollmentNotFound", (string?)null)));
        var (status, code) = await club.RefusedAsync("/api/rollover", new { site = "WAC", to = "football-2027", children = new[] { new { enrollment = foreign.Enrollment } } });
        Assert.That((status, code), Is.EqualTo((404, "siteNotFound")));
        Assert.That((int)(await club.Coach.GetAsync(new Uri("/api/rollover?site=WAC&to=football-2027", UriKind.Relative))).StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task An_unknown_guardian_or_an_old_signature_is_refused_and_leaves_nothing()
    {
        var child = await club.RegisterAsync();
        var taken = await TakeAsync(new { enrollment = child.Enrollment, consent = new { guardian = 4, givenOn = "2026-11-20" } });
        Assert.That(RefusalOf(taken, 0), Is.EqualTo("unknownGuardian"));
        foreach (var (day, fault) in new[] { ("2024-01-01", "tooLongAgo"), ("2027-01-01", "inFuture") })
        {
            var answer = await club.Coach.PostAsJsonAsync("/api/rollover", Body(new { enrollment = child.Enrollment, consent = new { guardian = 1, givenOn = day } }));
            Assert.That((await answer.JsonAsync()).Faults("children[0].consent.givenOn"), Is.EqualTo(new[] { fault }));
        }
        Assert.That((await ListAsync()).Single().Text("state"), Is.EqualTo("ready"));
    }

    [Test]
    public async Task Requests_without_children_with_too_many_or_for_an_edition_that_follows_none_are_refused()
    {
        var children = Enumerable.Range(1, 501).Select(i => new { enrollment = $"e_{i}" }).ToArray();
        Assert.That((await club.RefusedAsync("/api/rollover", new { site = "RSB", to = "football-2027", children })).Status, Is.EqualTo(400));
        Assert.That((await club.RefusedAsync("/api/rollover", new { site = "RSB", to = "football-2027", children = Array.Empty<object>() })).Status, Is.EqualTo(400));
        Assert.That(
            await club.RefusedAsync("/api/rollover", new { site = "RSB", to = "football-2026", children = new[] { new { enrollment = "e_1" } } }),
            Is.EqualTo((422, "editionFollowsNone")));
    }

    [Test]
    public async Task Three_hundred_children_go_in_one_request_and_are_counted()
    {
        using var nation = app.Nation();
        const int many = 300;
        var enrollments = new List<string>();
        for (var i = 0; i < many; i++)
        {
            var body = Bodies.Child(i, "RSB");
            body["duplicateDecision"] = "notADuplicate";
            enrollments.Add((await TrainingApplication.RegisterAsync(club.Coach, body)).Text("enrollment")!);
        }
        var taken = await TakeAsync([.. enrollments.Select(enrollment => new { enrollment, consent = new { guardian = 1, givenOn = "2026-11-20" } })]);
        Assert.That(taken.GetProperty("takenOver").GetInt32(), Is.EqualTo(many));
        var groups = await club.Coach.ItemsAsync("/api/groups?site=RSB&edition=football-2027");
        Assert.That(groups.Sum(group => group.GetProperty("taken").GetInt32()), Is.EqualTo(many));
    }

    private async Task<string> RegisterAsync(string birthDate)
    {
        var body = Bodies.Yasmine();
        body["participant"]!["birthDate"] = birthDate;
        body["group"] = club.Group;
        body["duplicateDecision"] = "notADuplicate";
        return (await TrainingApplication.RegisterAsync(club.Coach, body)).Text("enrollment")!;
    }

    private Task<JsonElement[]> ListAsync() => club.Coach.ItemsAsync("/api/rollover?site=RSB&to=football-2027");

    private Task<JsonElement> TakeAsync(params object[] children) => club.ActAsync("/api/rollover", Body(children));

    private static object Body(params object[] children) => new { site = "RSB", to = "football-2027", children };

    private static string? RefusalOf(JsonElement taken, int child) =>
        taken.GetProperty("children")[child].GetProperty("refusal") is { ValueKind: JsonValueKind.Object } refusal ? refusal.Text("code") : null;
}
