using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Training.App.Tests.Modules.Attendance;

[TestFixture]
internal sealed class SessionTests
{
    private Workshop workshop = null!;

    [OneTimeSetUp]
    public async Task Open() => workshop = await Workshop.OpenAsync(children: 2);

    [OneTimeTearDown]
    public async Task Stop() => await workshop.DisposeAsync();

    [TestCase("group", null, "group", "missing")]
    [TestCase("kind", null, "kind", "missing")]
    [TestCase("date", "2024-01-01", "date", "outsideEdition")]
    [TestCase("date", "2028-01-01", "date", "outsideEdition")]
    [TestCase("start", "half past four", "start", "timeMalformed")]
    [TestCase("start", "25:00", "start", "timeMalformed")]
    [TestCase("minutes", 0, "minutes", "outOfRange")]
    [TestCase("minutes", 100000, "minutes", "outOfRange")]
    [TestCase("start", "23:30", "minutes", "pastMidnight")]
    [TestCase("modules", "juggling", "modules[0]", "unknownModule")]
    public async Task Says_which_field_is_wrong(string field, object? value, string fault, string code)
    {
        var body = Body();
        body[field] = field == "modules" ? new[] { value } : value;

        using var answer = await workshop.Staff.PostAsJsonAsync("/api/sessions", body);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        var errors = (await Workshop.ReadAsync(answer)).GetProperty("errors");
        Assert.That(errors.GetProperty(fault)[0].GetProperty("code").GetString(), Is.EqualTo(code));
    }

    [Test]
    public async Task A_group_of_another_site_does_not_exist()
    {
        using var stranger = await workshop.App.SiteAsync("WAC");

        using var answer = await stranger.PostAsJsonAsync("/api/sessions", Body());

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task The_roster_lists_the_group_without_marks()
    {
        var session = await workshop.HoldAsync(90, "2026-11-19", "ethics");

        var roster = await workshop.RosterAsync(session);

        Assert.That(roster.GetProperty("version").GetInt32(), Is.EqualTo(1));
        Assert.That(roster.GetProperty("items").GetArrayLength(), Is.EqualTo(2));
        Assert.That(roster.GetProperty("items")[0].GetProperty("status").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(roster.GetProperty("items")[0].GetProperty("name").GetString(), Is.Not.Empty);
    }

    [Test]
    public async Task Closing_lists_who_has_no_mark_and_closing_again_changes_nothing()
    {
        var session = await workshop.HoldAsync();
        await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths[0]));

        var first = await workshop.CloseAsync(session);
        var second = await workshop.CloseAsync(session);

        Assert.That(first.GetProperty("unmarked")[0].GetProperty("enrollment").GetString(), Is.EqualTo(workshop.Youths[1].Enrollment));
        Assert.That(second.GetRawText(), Is.EqualTo(first.GetRawText()));
    }

    [Test]
    public async Task Nobody_closes_a_session_before_its_day()
    {
        var session = await workshop.HoldAsync(date: "2026-11-30");

        using var answer = await workshop.Staff.PostAsync($"/api/sessions/{session}/close", null);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
    }

    [Test]
    public async Task A_session_in_which_nobody_is_marked_is_closed_only_when_that_is_said()
    {
        var session = await workshop.HoldAsync();
        using var refused = await workshop.Staff.PostAsync($"/api/sessions/{session}/close", null);
        var body = await Workshop.ReadAsync(refused);

        var closed = await workshop.CloseAsync(session);

        Assert.That((refused.StatusCode, body.GetProperty("code").GetString()), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "nobodyMarked")));
        Assert.That(closed.GetProperty("unmarked").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public async Task The_same_hour_is_not_taken_twice_unless_on_purpose()
    {
        var body = Body();
        body["date"] = "2026-11-12";
        var first = await Workshop.ReadAsync(await workshop.Staff.PostAsJsonAsync("/api/sessions", body));
        using var again = await workshop.Staff.PostAsJsonAsync("/api/sessions", body);
        var refusal = await Workshop.ReadAsync(again);
        body["alongside"] = true;
        using var beside = await workshop.Staff.PostAsJsonAsync("/api/sessions", body);

        Assert.That((again.StatusCode, refusal.GetProperty("code").GetString()), Is.EqualTo((HttpStatusCode.Conflict, "sessionExists")));
        Assert.That(refusal.GetProperty("facts").GetProperty("session").GetString(), Is.EqualTo(first.GetProperty("session").GetString()));
        Assert.That(beside.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task Of_eight_who_create_the_same_session_at_once_one_does()
    {
        var body = Body();
        body["date"] = "2026-11-13";

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => workshop.Staff.PostAsJsonAsync("/api/sessions", body)));

        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.Created), Is.EqualTo(1));
        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict), Is.EqualTo(7));
    }

    [Test]
    public async Task Lists_the_sessions_of_a_site_that_are_past_but_still_open()
    {
        var open = await workshop.HoldAsync(date: "2026-11-10");
        var closed = await workshop.HoldAsync(date: "2026-11-10");
        await workshop.CloseAsync(closed);

        var list = await Workshop.ReadAsync(await workshop.Staff.GetAsync("/api/sessions?site=RSB&to=2026-11-10&status=open"));

        var ids = list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("session").GetString());
        Assert.That(ids, Does.Contain(open).And.Not.Contain(closed));
    }

    private Dictionary<string, object?> Body() => new()
    {
        ["group"] = workshop.Group,
        ["kind"] = "training",
        ["date"] = "2026-11-20",
        ["start"] = "16:30",
        ["minutes"] = 90,
        ["modules"] = new[] { "ethics" },
    };
}
