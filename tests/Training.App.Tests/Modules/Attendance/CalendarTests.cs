using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Training.App.Tests.Modules.Attendance;

/// <summary>Schedules, moves, cancellations: the calendar of a group.</summary>
[TestFixture]
internal sealed class CalendarTests
{
    private Workshop workshop = null!;

    [SetUp]
    public async Task Open() => workshop = await Workshop.OpenAsync(children: 1);

    [TearDown]
    public async Task Stop() => await workshop.DisposeAsync();

    [Test]
    public async Task A_weekly_schedule_leaves_holidays_out_and_makes_nothing_twice()
    {
        // Wednesday 18 November is Independence Day.
        var first = await PlanAsync(new { group = workshop.Group, kind = "training", pattern = "weekly", weekdays = new[] { "monday", "wednesday" }, from = "2026-11-16", to = "2026-12-02", start = "16:30", minutes = 90, modules = new[] { "ethics" } });
        var again = await PlanAsync(new { group = workshop.Group, kind = "training", pattern = "weekly", weekdays = new[] { "monday", "wednesday" }, from = "2026-11-16", to = "2026-12-02", start = "16:30", minutes = 90, modules = new[] { "ethics" } });

        Assert.That(Dates(first, "made"), Is.EqualTo(new[] { "2026-11-16", "2026-11-23", "2026-11-25", "2026-11-30", "2026-12-02" }));
        var holiday = first.GetProperty("leftOut")[0];
        Assert.That((holiday.GetProperty("date").GetString(), holiday.GetProperty("why").GetString()), Is.EqualTo(("2026-11-18", "holiday")));
        Assert.That(holiday.GetProperty("holidayFr").GetString(), Does.Contain("Indépendance"));
        Assert.That(again.GetProperty("made").GetArrayLength(), Is.Zero);
        Assert.That(again.GetProperty("schedule").GetString(), Is.EqualTo(first.GetProperty("schedule").GetString()));
    }

    [Test]
    public async Task A_camp_is_five_days_in_a_row_and_what_was_cancelled_stays_cancelled()
    {
        object camp = new { group = workshop.Group, kind = "workshop", pattern = "camp", from = "2026-12-07", start = "09:00", minutes = 240 };
        var preview = await PlanAsync(new { group = workshop.Group, kind = "workshop", pattern = "camp", from = "2026-12-07", start = "09:00", minutes = 240, preview = true });
        var made = await PlanAsync(camp);
        var third = made.GetProperty("made")[2].GetProperty("session").GetString();
        using var cancelled = await workshop.Staff.PostAsJsonAsync($"/api/sessions/{third}/cancel", new { reason = "Snow" });
        using var moved = await workshop.Staff.PostAsJsonAsync(
            $"/api/sessions/{made.GetProperty("made")[4].GetProperty("session").GetString()}/reschedule", new { date = "2026-12-14", reason = "Hall taken" });

        var again = await PlanAsync(camp);

        Assert.That(Dates(preview, "made"), Is.EqualTo(new[] { "2026-12-07", "2026-12-08", "2026-12-09", "2026-12-10", "2026-12-11" }));
        Assert.That(preview.GetProperty("made")[0].GetProperty("session").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That((cancelled.StatusCode, moved.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
        Assert.That(again.GetProperty("made").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task The_same_schedule_sent_by_four_at_once_is_made_once()
    {
        object camp = new { group = workshop.Group, kind = "workshop", pattern = "camp", from = "2026-12-07", start = "09:00", minutes = 240 };

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PlanAsync(camp)));

        Assert.That(answers.Sum(answer => answer.GetProperty("made").GetArrayLength()), Is.EqualTo(5));
    }

    [TestCase("pattern", null, "pattern", "missing")]
    [TestCase("weekdays", "funday", "weekdays[0]", "unknownValue")]
    [TestCase("weekdays", "3", "weekdays[0]", "unknownValue")]
    [TestCase("to", "2026-11-01", "to", "endsBeforeStart")]
    [TestCase("to", "2099-11-01", "to", "tooManyDays")]
    [TestCase("start", "26:00", "start", "timeMalformed")]
    public async Task A_schedule_says_which_field_is_wrong(string field, string? value, string fault, string code)
    {
        var body = new Dictionary<string, object?>
        {
            ["group"] = workshop.Group, ["kind"] = "training", ["pattern"] = "weekly", ["weekdays"] = new[] { "monday" },
            ["from"] = "2026-11-16", ["to"] = "2026-12-02", ["start"] = "16:30", ["minutes"] = 90,
        };
        body[field] = field == "weekdays" ? new[] { value } : value;

        using var answer = await workshop.Staff.PostAsJsonAsync("/api/schedules", body);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await Workshop.ReadAsync(answer)).GetProperty("errors").GetProperty(fault)[0].GetProperty("code").GetString(), Is.EqualTo(code));
    }

    [Test]
    public async Task Hours_are_moved_after_a_preview_and_moved_back()
    {
        var one = await workshop.HoldAsync(date: "2026-12-01");
        var two = await workshop.HoldAsync(date: "2026-12-02");
        var outside = await workshop.HoldAsync(date: "2026-12-20");
        object wish = new { from = "2026-12-01", to = "2026-12-10", site = "RSB", start = "21:00", minutes = 60, reason = "Ramadan" };
        using var preview = await workshop.Staff.PostAsJsonAsync("/api/sessions/move-hours", new { from = "2026-12-01", to = "2026-12-10", site = "RSB", start = "21:00", minutes = 60, preview = true });
        Assert.That(await StartAsync(one), Is.EqualTo("10:00"), "a preview changes nothing");

        var moved = await Workshop.ReadAsync(await workshop.Staff.PostAsJsonAsync("/api/sessions/move-hours", wish));

        Assert.That((await Workshop.ReadAsync(preview)).GetProperty("moved").GetInt32(), Is.EqualTo(2));
        Assert.That((moved.GetProperty("moved").GetInt32(), await StartAsync(one), await StartAsync(two), await StartAsync(outside)), Is.EqualTo((2, "21:00", "21:00", "10:00")));
        using var touched = await workshop.Staff.PostAsJsonAsync($"/api/sessions/{two}/reschedule", new { start = "20:00" });
        var undone = await Workshop.ReadAsync(await workshop.Staff.PostAsync($"/api/sessions/move-hours/{moved.GetProperty("move").GetString()}/undo", null));
        using var twice = await workshop.Staff.PostAsync($"/api/sessions/move-hours/{moved.GetProperty("move").GetString()}/undo", null);
        Assert.That((undone.GetProperty("restored").GetInt32(), undone.GetProperty("kept").GetInt32()), Is.EqualTo((1, 1)));
        Assert.That((await StartAsync(one), await StartAsync(two)), Is.EqualTo(("10:00", "20:00")));
        Assert.That(twice.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task Two_sessions_of_a_group_are_never_moved_onto_one_hour_nor_past_midnight()
    {
        await HoldAtAsync("2026-12-01", "10:00");
        await HoldAtAsync("2026-12-01", "14:00");
        await HoldAtAsync("2026-12-02", "20:00");

        var onto = await Workshop.ReadAsync(await workshop.Staff.PostAsJsonAsync("/api/sessions/move-hours", new { from = "2026-12-01", to = "2026-12-01", group = workshop.Group, start = "21:00" }));
        var past = await Workshop.ReadAsync(await workshop.Staff.PostAsJsonAsync("/api/sessions/move-hours", new { from = "2026-12-02", to = "2026-12-02", group = workshop.Group, shiftMinutes = 200 }));

        Assert.That((onto.GetProperty("moved").GetInt32(), onto.GetProperty("refused").GetInt32()), Is.EqualTo((1, 1)));
        Assert.That(past.GetProperty("items")[0].GetProperty("code").GetString(), Is.EqualTo("pastMidnight"));
    }

    [Test]
    public async Task A_club_moves_neither_another_club_nor_its_region()
    {
        using var stranger = await workshop.App.SiteAsync("WAC");
        using var site = await stranger.PostAsJsonAsync("/api/sessions/move-hours", new { from = "2026-12-01", to = "2026-12-10", site = "RSB", shiftMinutes = 60 });
        using var region = await stranger.PostAsJsonAsync("/api/sessions/move-hours", new { from = "2026-12-01", to = "2026-12-10", region = "02", shiftMinutes = 60 });

        Assert.That((site.StatusCode, region.StatusCode), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound)));
    }

    [Test]
    public async Task A_session_with_marks_is_neither_called_off_nor_moved()
    {
        var session = await workshop.HoldAsync();
        await workshop.AllPresentAsync(session);

        using var cancelled = await workshop.Staff.PostAsJsonAsync($"/api/sessions/{session}/cancel", new { reason = "Rain" });
        using var moved = await workshop.Staff.PostAsJsonAsync($"/api/sessions/{session}/reschedule", new { start = "12:00" });
        using var wordless = await workshop.Staff.PostAsJsonAsync($"/api/sessions/{session}/cancel", new { });

        Assert.That((cancelled.StatusCode, moved.StatusCode, wordless.StatusCode), Is.EqualTo((HttpStatusCode.Conflict, HttpStatusCode.Conflict, HttpStatusCode.BadRequest)));
    }

    [Test]
    public async Task A_cancelled_session_takes_no_mark_and_lets_its_hour_go()
    {
        var session = await HoldAtAsync("2026-11-20", "15:00");
        using var cancelled = await workshop.Staff.PostAsJsonAsync($"/api/sessions/{session}/cancel", new { reason = "Rain" });

        var answer = await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths[0]));
        var instead = await HoldAtAsync("2026-11-20", "15:00");

        Assert.That(answer.GetProperty("refused")[0].GetProperty("code").GetString(), Is.EqualTo("sessionCancelled"));
        Assert.That(instead, Is.Not.EqualTo(session));
    }

    [Test]
    public async Task The_instant_of_a_session_follows_the_decree_and_its_local_hour_stays()
    {
        var session = await workshop.HoldAsync(date: "2027-02-10");
        Assert.That(await StartsAtAsync(session), Is.EqualTo("2027-02-10T10:00:00+00:00"), "Ramadan, by the shipped list");

        using var decree = await workshop.Staff.PutAsJsonAsync("/api/calendar", new
        {
            legalTime = new[] { new { at = "2027-02-11T03:00", offsetMinutes = 0 }, new { at = "2027-03-14T02:00", offsetMinutes = 60 } },
        });

        Assert.That(decree.StatusCode, Is.EqualTo(HttpStatusCode.OK), await decree.Content.ReadAsStringAsync());
        Assert.That(await StartsAtAsync(session), Is.EqualTo("2027-02-10T09:00:00+00:00"));
        Assert.That(await StartAsync(session), Is.EqualTo("10:00"));
        using var region = await workshop.App.RegionAsync("06");
        using var refused = await region.PutAsJsonAsync("/api/calendar", new { holidays = Array.Empty<object>() });
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task An_announced_holiday_is_left_out()
    {
        using var set = await workshop.Staff.PutAsJsonAsync("/api/calendar", new
        {
            holidays = new[] { new { date = "2026-12-08", nameFr = "Fête annoncée", nameAr = "عيد معلن", provisional = true } },
        });

        var made = await PlanAsync(new { group = workshop.Group, kind = "workshop", pattern = "camp", from = "2026-12-07", start = "09:00", minutes = 240 });

        Assert.That(set.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(Dates(made, "made"), Does.Not.Contain("2026-12-08"));
    }

    private async Task<JsonElement> PlanAsync(object body)
    {
        using var answer = await workshop.Staff.PostAsJsonAsync("/api/schedules", body);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
        return await Workshop.ReadAsync(answer);
    }

    private async Task<string> HoldAtAsync(string date, string start)
    {
        using var answer = await workshop.Staff.PostAsJsonAsync("/api/sessions", new { group = workshop.Group, kind = "workshop", date, start, minutes = 60 });
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created), await answer.Content.ReadAsStringAsync());
        return (await Workshop.ReadAsync(answer)).GetProperty("session").GetString()!;
    }

    private async Task<string?> StartAsync(string session) => (await workshop.RosterAsync(session)).GetProperty("start").GetString();

    private async Task<string?> StartsAtAsync(string session) => (await workshop.RosterAsync(session)).GetProperty("startsAt").GetString();

    private static string?[] Dates(JsonElement answer, string list) =>
        [.. answer.GetProperty(list).EnumerateArray().Select(item => item.GetProperty("date").GetString())];
}
