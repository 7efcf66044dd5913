using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Training.App.Tests.Modules.Registry.Duplicates;

namespace Training.App.Tests.Modules.Enrollments.Lifecycle;

/// <summary>What a club still sees of a child that left it, over HTTP.</summary>
internal sealed class FormerChildTests
{
    private TrainingApplication app = null!;
    private Club club = null!;

    [SetUp]
    public async Task Start()
    {
        app = new TrainingApplication();
        club = await Club.OpenAsync(app, "RSB", capacity: 5);
    }

    [TearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public async Task A_withdrawn_child_is_found_by_code_by_name_and_on_the_page_of_its_group()
    {
        var child = await WithdrawnAsync(Bodies.Yasmine());

        foreach (var words in new[] { child.Participant, "Yasmine El Alaoui", "ياسمين" })
            Assert.That((await club.Coach.ItemsAsync($"/api/participants?q={Uri.EscapeDataString(words)}")).Single().Text("participant"), Is.EqualTo(child.Participant), words);
        var left = (await GroupAsync()).GetProperty("left")[0];
        Assert.That((left.Text("enrollment"), left.Text("name"), left.Text("since"), left.Text("reason")), Is.EqualTo((child.Enrollment, "Yasmine El Alaoui", "2026-11-23", "moved")));
        Assert.That((await club.LookAsync(child.Enrollment)).Text("name"), Is.EqualTo("Yasmine El Alaoui"));
    }

    [Test]
    public async Task Of_its_file_the_club_sees_the_name_and_its_own_rows_and_may_write_nothing()
    {
        var body = Bodies.Yasmine();
        body["participant"]!["massarCode"] = "R990000123";
        var child = await WithdrawnAsync(body);

        var file = await club.Coach.FileAsync(child.Participant);
        Assert.That((file.GetProperty("left").GetBoolean(), file.Text("givenName"), file.Text("massarCode")), Is.EqualTo((true, "Yasmine", (string?)null)));
        Assert.That((file.GetProperty("guardians").GetArrayLength(), file.GetProperty("consents").GetArrayLength()), Is.EqualTo((0, 0)));
        Assert.That(file.GetProperty("enrollments").EnumerateArray().Single().Text("enrollment"), Is.EqualTo(child.Enrollment));
        Assert.That(await club.Coach.ItemsAsync($"/api/certificates?participant={child.Participant}"), Is.Empty, "its certificates are listed, and there are none");
        Assert.That(await club.RefusedAsync($"/api/participants/{child.Participant}/consents/withdraw", new { purpose = "participation" }), Is.EqualTo((404, "participantNotFound")));
        Assert.That(await club.RefusedAsync($"/api/participants/{child.Participant}/claim-code"), Is.EqualTo((404, "participantNotFound")));
        Assert.That(await club.Coach.ItemsAsync("/api/participants?q=0612345678"), Is.Empty, "guardians' phones lead nowhere");
    }

    [Test]
    public async Task Nobody_else_sees_it_and_the_club_no_longer_than_the_edition()
    {
        var child = await WithdrawnAsync(Bodies.Yasmine());
        using var other = await app.SiteAsync("WAC");
        Assert.That(await StatusAsync(other, child.Participant), Is.EqualTo(404));
        Assert.That(await other.ItemsAsync("/api/participants?q=Yasmine"), Is.Empty);

        app.Time.SetUtcNow(new DateTimeOffset(2027, 12, 1, 9, 0, 0, TimeSpan.Zero));

        Assert.That(await StatusAsync(club.Coach, child.Participant), Is.EqualTo(404));
        Assert.That(await club.Coach.ItemsAsync("/api/participants?q=Yasmine"), Is.Empty);
        Assert.That((await GroupAsync()).GetProperty("left").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task A_child_that_goes_on_elsewhere_is_no_longer_the_clubs()
    {
        var child = await WithdrawnAsync(Bodies.Yasmine());
        var again = Bodies.Yasmine("WAC");
        again["duplicateDecision"] = new JsonObject { ["sameAs"] = child.Participant };
        using var nation = app.Nation();
        await nation.OpenAsync(again);

        Assert.That(await StatusAsync(club.Coach, child.Participant), Is.EqualTo(404));
        Assert.That((await GroupAsync()).GetProperty("left").GetArrayLength(), Is.Zero);
        Assert.That((await club.LookAsync(child.Enrollment)).Text("name"), Is.Null);
    }

    [Test]
    public async Task A_transferred_child_is_no_longer_the_clubs()
    {
        var child = await club.Coach.OpenAsync(Bodies.Yasmine());
        var to = await Club.OpenAsync(app, "WAC", 5);
        var asked = await club.ActAsync($"/api/enrollments/{child.Enrollment}/transfer", new { toSite = "WAC" });
        await to.ActAsync($"/api/transfers/{asked.Text("transfer")}/accept");

        Assert.That(await StatusAsync(club.Coach, child.Participant), Is.EqualTo(404));
    }

    [Test]
    public async Task A_child_that_came_back_is_no_longer_among_those_who_left()
    {
        var child = await WithdrawnAsync(Bodies.Yasmine());
        await club.ActAsync($"/api/enrollments/{child.Enrollment}/reenroll");

        Assert.That((await GroupAsync()).GetProperty("left").GetArrayLength(), Is.Zero);
        Assert.That((await club.Coach.FileAsync(child.Participant)).GetProperty("guardians").GetArrayLength(), Is.EqualTo(1));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_merge_with_another_clubs_file_tells_the_club_where_the_child_goes_on(bool ownCodeSurvives)
    {
        using var nation = app.Nation();
        var own = await nation.OpenAsync(InGroup(Bodies.Yasmine()));
        var theirs = await nation.OpenAsync(Files.YasmineAgain("WAC"));
        // Of two places in one edition the one with more attendance goes on: here the other club's.
        await AttendAsync(nation, theirs.Enrollment);
        var code = await nation.MergeAsync(own, theirs, survivor: ownCodeSurvives ? own : theirs);

        var answer = await club.Coach.GetAsync(new Uri($"/api/participants/{own.Participant}", UriKind.Relative));
        var refusal = await answer.JsonAsync();
        Assert.That(((int)answer.StatusCode, refusal.Text("code")), Is.EqualTo((404, "fileMerged")));
        Assert.That(refusal.ToString(), Does.Contain(code).And.Contain("WAC"));
        using var searched = await club.Coach.GetAsync(new Uri($"/api/participants?q={own.Participant}", UriKind.Relative));
        Assert.That((await searched.JsonAsync()).Faults("q"), Is.EqualTo(new[] { "fileMerged" }));
        var place = (await club.LookAsync(own.Enrollment)).GetProperty("goesOn");
        Assert.That((place.Text("participant"), place.Text("site")), Is.EqualTo((code, "WAC")));
        Assert.That(await club.HistoryAsync(own.Enrollment), Is.EqualTo(new[] { "merged", "registered" }));
        using var third = await app.SiteAsync("OCS");
        Assert.That(await (await third.GetAsync(new Uri($"/api/participants/{own.Participant}", UriKind.Relative))).CodeAsync(), Is.EqualTo("participantNotFound"));
    }

    private async Task<Youngster> WithdrawnAsync(JsonObject body)
    {
        var child = await club.Coach.OpenAsync(InGroup(body));
        await club.WithdrawAsync(child.Enrollment);
        return child;
    }

    private JsonObject InGroup(JsonObject body)
    {
        body["group"] = club.Group;
        return body;
    }

    private static async Task AttendAsync(HttpClient staff, string enrollment)
    {
        var group = (await (await staff.GetAsync(new Uri($"/api/enrollments/{enrollment}", UriKind.Relative))).JsonAsync()).Text("group");
        var session = (await Club.ActAsync(staff, "/api/sessions", new { group, kind = "training", date = "2026-11-20", start = "10:00", minutes = 60 })).Text("session");
        var mark = new { markId = Guid.NewGuid(), enrollment, status = "present", capturedAt = "2026-11-20T10:05:00Z", baseVersion = 1 };
        using var marked = await staff.PutAsJsonAsync($"/api/sessions/{session}/attendance", new { marks = new[] { mark } });
        Assert.That((int)marked.StatusCode, Is.EqualTo(200));
    }

    private async Task<JsonElement> GroupAsync() => await (await club.Coach.GetAsync(new Uri($"/api/groups/{club.Group}/youths", UriKind.Relative))).JsonAsync();

    private static async Task<int> StatusAsync(HttpClient client, string code) =>
        (int)(await client.GetAsync(new Uri($"/api/participants/{code}", UriKind.Relative))).StatusCode;
}
