using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Attendance;
using Training.App.Platform;
using Training.Domain.Attendance;

namespace Training.App.Tests.Modules.Attendance;

/// <summary>Nothing is overwritten in silence and nothing disappears: what was not taken waits for a person.</summary>
[TestFixture]
internal sealed class HeldMarkTests
{
    private Workshop workshop = null!;
    private HttpClient site = null!;
    private HttpClient region = null!;
    private string session = null!;

    [SetUp]
    public async Task Open()
    {
        workshop = await Workshop.OpenAsync(children: 3);
        site = await workshop.App.SiteAsync("RSB");
        region = await workshop.App.RegionAsync("02");
        session = await workshop.HoldAsync();
    }

    [TearDown]
    public async Task Stop()
    {
        site.Dispose();
        region.Dispose();
        await workshop.DisposeAsync();
    }

    [Test]
    public async Task A_contradiction_is_kept_with_both_names_until_a_person_decides()
    {
        await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths[0], "present"));
        var answer = await MarkAsync(site, Workshop.Mark(workshop.Youths[0], "absent"));
        var markId = answer.GetProperty("conflicts")[0].GetProperty("markId").GetString();

        var waiting = (await ConflictsAsync(site)).Single();

        Assert.That(waiting.GetProperty("markId").GetString(), Is.EqualTo(markId));
        Assert.That(
            (Text(waiting, "theirs"), Text(waiting, "yours"), Text(waiting, "why"), Text(waiting, "yoursBy")),
            Is.EqualTo(("present", "absent", "contradiction", "Test")));
        Assert.That(waiting.GetProperty("theirsAt").GetString(), Does.StartWith("2026-11-23T09:00"));
        Assert.That(Text(answer.GetProperty("conflicts")[0], "theirsBy"), Is.Not.Empty);

        using var decided = await DecideAsync(site, markId!, "yours");
        Assert.That(decided.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await ConflictsAsync(site), Is.Empty);
        Assert.That(await StatusAsync(0), Is.EqualTo("absent"));
        var history = await Workshop.ReadAsync(await site.GetAsync($"/api/sessions/{session}/history"));
        var change = history.GetProperty("marks")[0];
        Assert.That((Text(change, "before"), Text(change, "after"), Text(change, "why")), Is.EqualTo(("present", "absent", "conflictSettled")));
    }

    [Test]
    public async Task What_stands_may_be_kept_and_then_the_phone_hears_that_its_mark_is_done_with()
    {
        var mark = Workshop.Mark(workshop.Youths[0], "absent");
        await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths[0], "present"));
        var first = await MarkAsync(site, mark);
        var again = await MarkAsync(site, mark);
        var id = first.GetProperty("conflicts")[0].GetProperty("markId").GetString()!;

        using var decided = await DecideAsync(site, id, "theirs");
        using var twice = await DecideAsync(site, id, "yours");
        var after = await MarkAsync(site, mark);

        Assert.That(again.GetProperty("conflicts").GetArrayLength(), Is.EqualTo(1), "a repeat says the same and is not kept twice");
        Assert.That(twice.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(after.GetProperty("accepted").GetArrayLength(), Is.EqualTo(1));
        Assert.That(await StatusAsync(0), Is.EqualTo("present"));
    }

    [Test]
    public async Task A_mark_that_comes_after_the_close_is_refused_by_name_and_kept_for_a_decision_with_a_reason()
    {
        await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths[1]));
        await workshop.CloseAsync(session);

        var answer = await MarkAsync(site, Workshop.Mark(workshop.Youths[0], "late"));

        var refusal = answer.GetProperty("refused")[0];
        Assert.That((Text(refusal, "code"), refusal.GetProperty("kept").GetBoolean()), Is.EqualTo(("sessionClosed", true)));
        var id = refusal.GetProperty("markId").GetString()!;
        using var bare = await DecideAsync(site, id, "yours");
        Assert.That((await Workshop.ReadAsync(bare)).GetProperty("errors").GetProperty("reason")[0].GetProperty("code").GetString(), Is.EqualTo("missing"));
        using var decided = await DecideAsync(site, id, "yours", "Found on the paper sheet");
        Assert.That(decided.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await StatusAsync(0), Is.EqualTo("late"));
        Assert.That((await workshop.RosterAsync(session)).GetProperty("sessionStatus").GetString(), Is.EqualTo("closed"));
    }

    [Test]
    public async Task The_same_mark_after_the_close_is_no_news()
    {
        await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths[0]));
        await workshop.CloseAsync(session);

        var answer = await MarkAsync(site, Workshop.Mark(workshop.Youths[0]));

        Assert.That(answer.GetProperty("accepted").GetArrayLength(), Is.EqualTo(1));
        Assert.That(await ConflictsAsync(site), Is.Empty);
    }

    [Test]
    public async Task After_the_cut_off_a_change_takes_a_reason_and_a_second_person_of_higher_scope()
    {
        await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths[0], "absent"));
        await workshop.CloseAsync(session);
        await LockAsync();

        using var reopened = await site.PostAsJsonAsync($"/api/sessions/{session}/reopen", new { reason = "Forgot one" });
        using var wordless = await AskAsync("present", reason: null);
        using var asked = await AskAsync("present", "The sheet says present");
        using var twice = await AskAsync("late", "And again");
        var id = (await Workshop.ReadAsync(asked)).GetProperty("markId").GetString()!;
        using var alone = await DecideAsync(site, id, "yours", "I say so");
        using var silent = await DecideAsync(region, id, "yours");
        using var approved = await DecideAsync(region, id, "yours", "Seen the sheet");

        Assert.That(reopened.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(wordless.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(twice.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((await Workshop.ReadAsync(alone)).GetProperty("code").GetString(), Is.EqualTo("higherScopeNeeded"));
        Assert.That(silent.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(approved.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await StatusAsync(0), Is.EqualTo("present"));
        var change = (await Workshop.ReadAsync(await site.GetAsync($"/api/sessions/{session}/history"))).GetProperty("marks")[0];
        Assert.That((Text(change, "why"), Text(change, "reason"), Text(change, "decidedBy")), Is.EqualTo(("lateEdit", "Seen the sheet", "Test")));
    }

    [Test]
    public async Task Whoever_asks_for_a_late_edit_does_not_approve_it()
    {
        await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths[0], "absent"));
        await workshop.CloseAsync(session);
        await LockAsync();
        using var asked = await region.PostAsJsonAsync(
            $"/api/sessions/{session}/late-edits", new { enrollment = workshop.Youths[0].Enrollment, status = "late", reason = "Seen" });
        var id = (await Workshop.ReadAsync(asked)).GetProperty("markId").GetString()!;

        using var own = await DecideAsync(region, id, "yours", "Myself");
        using var other = await DecideAsync(workshop.Staff, id, "theirs", "Not proven");

        Assert.That((await Workshop.ReadAsync(own)).GetProperty("code").GetString(), Is.EqualTo("secondPersonNeeded"));
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await StatusAsync(0), Is.EqualTo("absent"));
    }

    [Test]
    public async Task A_session_that_is_open_past_its_cut_off_keeps_marks_for_a_decision()
    {
        await LockAsync();

        var answer = await MarkAsync(site, Workshop.Mark(workshop.Youths[0]));

        Assert.That(Text(answer.GetProperty("refused")[0], "code"), Is.EqualTo("cutOffPassed"));
        Assert.That(Text((await ConflictsAsync(site)).Single(), "why"), Is.EqualTo("cutOffPassed"));
        Assert.That(await StatusAsync(0), Is.Null);
    }

    [Test]
    public async Task A_mark_of_a_child_who_is_in_another_group_by_now_is_kept_and_can_be_put_in()
    {
        var other = await Workshop.ReadAsync(await workshop.Staff.PostAsJsonAsync(
            "/api/groups", new { site = "RSB", edition = "football-2026", name = "Elsewhere", capacity = 10 }));
        using var moved = await workshop.Staff.PostAsJsonAsync(
            $"/api/enrollments/{workshop.Youths[0].Enrollment}/group", new { group = other.GetProperty("group").GetString() });
        Assert.That(moved.IsSuccessStatusCode, Is.True, await moved.Content.ReadAsStringAsync());

        var answer = await MarkAsync(site, Workshop.Mark(workshop.Youths[0], "late"));

        var refusal = answer.GetProperty("refused")[0];
        Assert.That((Text(refusal, "code"), refusal.GetProperty("kept").GetBoolean()), Is.EqualTo(("childMoved", true)));
        using var decided = await DecideAsync(site, refusal.GetProperty("markId").GetString()!, "yours");
        Assert.That(decided.StatusCode, Is.EqualTo(HttpStatusCode.OK), await decided.Content.ReadAsStringAsync());
        Assert.That(await StatusAsync(0), Is.EqualTo("late"), "it stands on the sheet of the session");
    }

    [Test]
    public async Task Another_club_sees_and_decides_nothing()
    {
        await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths[0], "present"));
        var answer = await MarkAsync(site, Workshop.Mark(workshop.Youths[0], "absent"));
        using var stranger = await workshop.App.SiteAsync("WAC");

        using var decided = await DecideAsync(stranger, answer.GetProperty("conflicts")[0].GetProperty("markId").GetString()!, "yours");
        using var history = await stranger.GetAsync($"/api/sessions/{session}/history");

        Assert.That((await ConflictsAsync(stranger)), Is.Empty);
        Assert.That((decided.StatusCode, history.StatusCode), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound)));
    }

    [Test]
    public async Task The_ids_are_let_go_thirty_days_after_the_close_and_who_marked_is_not()
    {
        await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths[0]));
        await workshop.CloseAsync(session);
        var pruner = workshop.App.Services.GetRequiredService<LedgerPruner>();

        // The worker of the application may come first; what counts is what is left.
        workshop.App.Time.Advance(TimeSpan.FromDays(29));
        await pruner.PruneAsync(CancellationToken.None);
        var early = await BatchAsync();
        workshop.App.Time.Advance(TimeSpan.FromDays(2));
        await pruner.PruneAsync(CancellationToken.None);
        var due = await BatchAsync();

        Assert.That((early.Marks?.Length, due.Marks, due.By), Is.EqualTo(((int?)25, (byte[]?)null, "bootstrap")));
    }

    private Task<MarkBatch> BatchAsync() => workshop.App.InsideAsync(services => services.GetRequiredService<ReadDb>().Set<MarkBatch>().SingleAsync());

    private async Task LockAsync()
    {
        using var rules = await workshop.Staff.PutAsJsonAsync(
            "/api/editions/football-2026/attendance-rules", new { cutOffs = new[] { new { through = "2026-11-21", lastDay = "2026-11-22" } } });
        Assert.That(rules.StatusCode, Is.EqualTo(HttpStatusCode.OK), await rules.Content.ReadAsStringAsync());
    }

    private Task<HttpResponseMessage> AskAsync(string status, string? reason) => site.PostAsJsonAsync(
        $"/api/sessions/{session}/late-edits", new { enrollment = workshop.Youths[0].Enrollment, status, reason });

    private Task<HttpResponseMessage> DecideAsync(HttpClient who, string markId, string keep, string? reason = null) =>
        who.PostAsJsonAsync($"/api/sessions/{session}/conflicts/{markId}", new { keep, reason });

    private async Task<JsonElement> MarkAsync(HttpClient who, params object[] marks)
    {
        using var answer = await who.PutAsJsonAsync($"/api/sessions/{session}/attendance", new { marks });
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
        return await Workshop.ReadAsync(answer);
    }

    private static async Task<JsonElement[]> ConflictsAsync(HttpClient who) =>
        [.. (await Workshop.ReadAsync(await who.GetAsync("/api/sessions/conflicts"))).GetProperty("items").EnumerateArray()];

    private async Task<string?> StatusAsync(int youth) => (await workshop.RosterAsync(session)).GetProperty("items").EnumerateArray()
        .Single(item => item.GetProperty("enrollment").GetString() == workshop.Youths[youth].Enrollment).GetProperty("status").GetString();

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();
}
