using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Platform;
using Training.Data.Outbox;

namespace Training.App.Tests.Modules.Attendance;

[TestFixture]
internal sealed class RecordAttendanceTests
{
    private Workshop workshop = null!;
    private string session = null!;

    [SetUp]
    public async Task Open()
    {
        workshop = await Workshop.OpenAsync(children: 3);
        session = await workshop.HoldAsync();
    }

    [TearDown]
    public async Task Stop() => await workshop.DisposeAsync();

    [Test]
    public async Task Keeps_marks_and_raises_the_version_once_a_request()
    {
        var answer = await workshop.MarkAsync(
            session, Workshop.Mark(workshop.Youths[0]), Workshop.Mark(workshop.Youths[1], "late"), Workshop.Mark(workshop.Youths[2], "excused"));

        Assert.That(answer.GetProperty("version").GetInt32(), Is.EqualTo(2));
        Assert.That(answer.GetProperty("accepted").GetArrayLength(), Is.EqualTo(3));
        Assert.That(await StatusesAsync(), Is.EquivalentTo(new[] { "present", "late", "excused" }));
    }

    [Test]
    public async Task A_repeated_mark_is_a_success_that_changes_nothing()
    {
        var mark = Workshop.Mark(workshop.Youths[0]);
        var first = await workshop.MarkAsync(session, mark);

        var second = await workshop.MarkAsync(session, mark);

        Assert.That(second.GetRawText(), Is.EqualTo(first.GetRawText()));
    }

    [Test]
    public async Task A_repeat_is_a_success_even_after_the_close()
    {
        var mark = Workshop.Mark(workshop.Youths[0]);
        await workshop.MarkAsync(session, mark);
        await workshop.CloseAsync(session);

        var answer = await workshop.MarkAsync(session, mark);

        Assert.That(answer.GetProperty("accepted").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_contradiction_is_shown_and_the_standing_mark_stays()
    {
        await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths[0], "present", baseVersion: 1));

        var answer = await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths[0], "absent", baseVersion: 1));

        var conflict = answer.GetProperty("conflicts")[0];
        Assert.That((conflict.GetProperty("theirs").GetString(), conflict.GetProperty("yours").GetString()), Is.EqualTo(("present", "absent")));
        Assert.That(conflict.GetProperty("enrollment").GetString(), Is.EqualTo(workshop.Youths[0].Enrollment));
        Assert.That(answer.GetProperty("version").GetInt32(), Is.EqualTo(2));
        Assert.That(await StatusesAsync(), Does.Contain("present").And.Not.Contain("absent"));
    }

    [Test]
    public async Task Whoever_saw_the_mark_may_change_it()
    {
        await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths[0], "present", baseVersion: 1));

        var answer = await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths[0], "absent", baseVersion: 2));

        Assert.That(answer.GetProperty("version").GetInt32(), Is.EqualTo(3));
        Assert.That(await StatusesAsync(), Does.Contain("absent"));
    }

    [Test]
    public async Task The_same_mark_from_two_people_is_no_contradiction()
    {
        await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths[0], "present", baseVersion: 1));

        var answer = await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths[0], "present", baseVersion: 1));

        Assert.That(answer.GetProperty("accepted").GetArrayLength(), Is.EqualTo(1));
        Assert.That(answer.GetProperty("version").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task Refuses_a_mark_for_someone_not_enrolled()
    {
        var elsewhere = await TrainingApplication.RegisterAsync(workshop.Staff, Enrollments.Bodies.Child(9, "WAC"));

        var answer = await workshop.MarkAsync(
            session,
            Workshop.Mark(new Youth(elsewhere.GetProperty("enrollment").GetString()!, "", "", "")),
            Workshop.Mark(new Youth("e-0000000", "", "", "")),
            Workshop.Mark(workshop.Youths[0]));

        Assert.That(Codes(answer), Is.EqualTo(new[] { "notEnrolledHere", "notEnrolledHere" }));
        Assert.That(answer.GetProperty("accepted").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task Refuses_what_cannot_be_read_and_keeps_the_rest()
    {
        var good = JsonSerializer.SerializeToNode(Workshop.Mark(workshop.Youths[0]))!;
        JsonNode? With(string field, JsonNode? value)
        {
            var mark = good.DeepClone();
            mark["markId"] = Guid.NewGuid().ToString();
            mark[field] = value;
            return mark;
        }
        var marks = new JsonArray(
            With("markId", "not-a-uuid"), With("status", "asleep"), With("capturedAt", "yesterday"), With("baseVersion", -1), With("baseVersion", 99),
            With("capturedAt", "2027-11-20T10:00:00Z"), With("capturedAt", "2026-11-18T22:00:00Z"), null, good);

        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/sessions/{session}/attendance");
        request.Headers.Add("Accept-Language", "ar");
        request.Content = JsonContent.Create(new JsonObject { ["marks"] = marks });
        using var answer = await workshop.Staff.SendAsync(request);

        var body = await Workshop.ReadAsync(answer);
        Assert.That(Codes(body), Is.EqualTo(new[]
        {
            "markIdMalformed", "unknownStatus", "capturedAtMalformed", "baseVersionMissing", "baseVersionAhead", "capturedInFuture", "capturedBeforeSession", "markMissing",
        }));
        Assert.That(body.GetProperty("accepted").GetArrayLength(), Is.EqualTo(1));
        Assert.That(body.GetProperty("refused").EnumerateArray().Select(refusal => refusal.GetProperty("message").GetString()), Has.All.Matches("[ء-ي]"));
    }

    [Test]
    public async Task Refuses_the_second_of_two_marks_for_a_child_in_one_request()
    {
        var answer = await workshop.MarkAsync(
            session, Workshop.Mark(workshop.Youths[0], "present"), Workshop.Mark(workshop.Youths[0], "absent"));

        Assert.That(Codes(answer), Is.EqualTo(new[] { "twiceInRequest" }));
        Assert.That(await StatusesAsync(), Does.Contain("present"));
    }

    [Test]
    public async Task A_mark_id_belongs_to_one_mark_of_its_session()
    {
        var id = Guid.NewGuid().ToString();
        await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths[0], markId: id));
        var other = await workshop.HoldAsync(date: "2026-11-21");

        var same = await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths[1], markId: id));
        var elsewhere = await workshop.MarkAsync(other, Workshop.Mark(workshop.Youths[0], markId: id));

        Assert.That(Codes(same), Is.EqualTo(new[] { "markIdReused" }));
        Assert.That(elsewhere.GetProperty("accepted").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task Takes_no_mark_before_the_day_nor_after_the_close()
    {
        var tomorrow = await workshop.HoldAsync(date: "2026-11-24");
        await workshop.CloseAsync(session);

        var early = await workshop.MarkAsync(tomorrow, Workshop.Mark(workshop.Youths[0]));
        var late = await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths[0]));

        Assert.That(Codes(early), Is.EqualTo(new[] { "sessionInFuture" }));
        Assert.That(Codes(late), Is.EqualTo(new[] { "sessionClosed" }));
    }

    [Test]
    public async Task A_session_of_another_site_does_not_exist()
    {
        using var stranger = await workshop.App.SiteAsync("WAC");
        using var answer = await stranger.PutAsJsonAsync($"/api/sessions/{session}/attendance", new { marks = new[] { Workshop.Mark(workshop.Youths[0]) } });
        using var roster = await stranger.GetAsync($"/api/sessions/{session}/roster");
        using var close = await stranger.PostAsync($"/api/sessions/{session}/close", null);

        Assert.That((answer.StatusCode, roster.StatusCode, close.StatusCode),
            Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound)));
        Assert.That(await StatusesAsync(), Is.Empty);
    }

    [Test]
    public async Task Ten_thousand_marks_in_one_request_are_refused_one_by_one_and_the_good_ones_kept()
    {
        var marks = workshop.Youths.Select(youth => Workshop.Mark(youth))
            .Concat(Enumerable.Range(0, 9_997).Select(_ => Workshop.Mark(workshop.Youths[0]))).ToArray();

        var answer = await workshop.MarkAsync(session, marks);

        Assert.That(answer.GetProperty("accepted").GetArrayLength(), Is.EqualTo(3));
        Assert.That(
            Codes(answer).CountBy(code => code).Select(entry => (entry.Key, entry.Value)),
            Is.EquivalentTo(new[] { ("twiceInRequest", 997), ("tooManyMarks", 9_000) }));
        using var absurd = await workshop.Staff.PutAsJsonAsync(
            $"/api/sessions/{session}/attendance", new { marks = Enumerable.Repeat(Workshop.Mark(workshop.Youths[0]), 20_001) });
        Assert.That(absurd.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task The_same_marks_sent_by_eight_at_once_are_kept_once()
    {
        var marks = workshop.Youths.Select(youth => Workshop.Mark(youth)).ToArray();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => workshop.MarkAsync(session, marks)));

        Assert.That(answers.Select(answer => answer.GetProperty("accepted").GetArrayLength()), Is.All.EqualTo(3));
        Assert.That((await workshop.RosterAsync(session)).GetProperty("version").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task Nothing_changed_tells_nobody()
    {
        await workshop.MarkAsync(session, Workshop.Mark(new Youth("e-0000000", "", "", "")));

        var promised = await workshop.App.InsideAsync(services => services.GetRequiredService<ReadDb>().Set<OutboxRow>()
            .CountAsync(row => row.Type == "AttendanceRecorded"));
        Assert.That(promised, Is.Zero);
    }

    private async Task<string[]> StatusesAsync() =>
        [.. (await workshop.RosterAsync(session)).GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("status")).Where(status => status.ValueKind == JsonValueKind.String).Select(status => status.GetString()!)];

    private static string[] Codes(JsonElement answer) =>
        [.. answer.GetProperty("refused").EnumerateArray().Select(refusal => refusal.GetProperty("code").GetString()!)];
}
