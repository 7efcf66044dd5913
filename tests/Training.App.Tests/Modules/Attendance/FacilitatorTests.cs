using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Platform;
using Training.App.Tests.Modules.Enrollments.Lifecycle;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Attendance;

/// <summary>What a facilitator does beside the marks: logs a session, checks children in by code, calls families.</summary>
[TestFixture]
internal sealed class FacilitatorTests
{
    private Workshop workshop = null!;
    private HttpClient site = null!;

    [SetUp]
    public async Task Open()
    {
        workshop = await Workshop.OpenAsync(children: 2);
        site = await workshop.App.SiteAsync("RSB");
    }

    [TearDown]
    public async Task Stop()
    {
        site.Dispose();
        await workshop.DisposeAsync();
    }

    [Test]
    public async Task A_session_is_logged_with_modules_hours_adults_and_a_note()
    {
        var session = await workshop.HoldAsync(90, "2026-11-20", "ethics");
        var lacking = await StillOpenAsync();

        using var logged = await LogAsync(session, new
        {
            modules = new[] { new { code = "ethics", minutes = (int?)60 }, new { code = "ai-basics", minutes = (int?)30 } },
            adults = new[] { new { name = "Samira Bennani" }, new { name = "Hassan Alaoui" } },
            note = "The projector was broken.",
        });

        Assert.That(logged.StatusCode, Is.EqualTo(HttpStatusCode.OK), await logged.Content.ReadAsStringAsync());
        var roster = await workshop.RosterAsync(session);
        Assert.That(roster.GetProperty("adults").EnumerateArray().Select(name => name.GetString()), Is.EqualTo(new[] { "Samira Bennani", "Hassan Alaoui" }));
        Assert.That(roster.GetProperty("moduleMinutes").GetProperty("ethics").GetInt32(), Is.EqualTo(60));
        Assert.That(roster.GetProperty("note").GetString(), Is.EqualTo("The projector was broken."));
        Assert.That((lacking, await StillOpenAsync()), Is.EqualTo((1, 0)), "a session without two adults is listed");
    }

    [TestCase("""{ "modules": [ { "code": "ethics", "minutes": 91 } ] }""", "modules[0].minutes", "outOfRange")]
    [TestCase("""{ "modules": [ { "code": "ethics", "minutes": 60 }, { "code": "ai-basics", "minutes": 60 } ] }""", "modules", "longerThanSession")]
    [TestCase("""{ "modules": [ { "code": "ethics" }, { "code": "ETHICS" } ] }""", "modules[1].code", "twice")]
    [TestCase("""{ "modules": [ null ] }""", "modules[0].code", "unknownModule")]
    [TestCase("""{ "adults": [ { "name": " " } ] }""", "adults[0].name", "missing")]
    [TestCase("""{ "adults": [ { "account": "account:999999" } ] }""", "adults[0].account", "unknownAccount")]
    [TestCase("""{ "adults": [ { "account": "me" } ] }""", "adults[0].account", "unknownAccount")]
    [TestCase("""{ "note": "His card is AB123456" }""", "note", "nationalId")]
    public async Task A_log_says_which_field_is_wrong(string body, string field, string code)
    {
        var session = await workshop.HoldAsync();

        using var answer = await LogAsync(session, JsonSerializer.Deserialize<JsonElement>(body));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), await answer.Content.ReadAsStringAsync());
        Assert.That((await Workshop.ReadAsync(answer)).GetProperty("errors").GetProperty(field)[0].GetProperty("code").GetString(), Is.EqualTo(code));
    }

    [Test]
    public async Task A_closed_session_keeps_its_modules_until_it_is_opened_again_with_a_reason()
    {
        var session = await workshop.HoldAsync(90, "2026-11-20", "ethics");
        await workshop.AllPresentAsync(session);
        await workshop.CloseAsync(session);
        object other = new { modules = new[] { new { code = "safety" } } };

        using var closed = await LogAsync(session, other);
        using var wordless = await site.PostAsJsonAsync($"/api/sessions/{session}/reopen", new { reason = "" });
        using var reopened = await site.PostAsJsonAsync($"/api/sessions/{session}/reopen", new { reason = "Wrong module" });
        using var open = await LogAsync(session, other);

        Assert.That((closed.StatusCode, wordless.StatusCode, reopened.StatusCode, open.StatusCode),
            Is.EqualTo((HttpStatusCode.Conflict, HttpStatusCode.BadRequest, HttpStatusCode.OK, HttpStatusCode.OK)));
        var kinds = (await Workshop.ReadAsync(await site.GetAsync($"/api/sessions/{session}/history"))).GetProperty("session").EnumerateArray()
            .Select(change => change.GetProperty("kind").GetString());
        Assert.That(kinds, Is.EqualTo(new[] { "logged", "reopened", "closed" }));
    }

    [Test]
    public async Task A_child_is_checked_in_by_the_code_on_its_card_and_a_slip_of_the_finger_is_explained()
    {
        var session = await workshop.HoldAsync(date: "2026-11-23");
        var code = workshop.Youths[0].Participant;
        var swapped = Swap(code);
        var stranger = await TrainingApplication.RegisterAsync(workshop.Staff, Enrollments.Bodies.Child(9, "WAC"));

        using var good = await CheckInAsync(session, code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal));
        using var typo = await CheckInAsync(session, swapped);
        using var shortened = await CheckInAsync(session, "AB");
        using var elsewhere = await CheckInAsync(session, stranger.GetProperty("participant").GetString()!);

        Assert.That(good.StatusCode, Is.EqualTo(HttpStatusCode.OK), await good.Content.ReadAsStringAsync());
        Assert.That((await Workshop.ReadAsync(typo)).GetProperty("errors").GetProperty("code")[0].GetProperty("code").GetString(), Is.EqualTo("codeMistyped"));
        Assert.That((await Workshop.ReadAsync(shortened)).GetProperty("errors").GetProperty("code")[0].GetProperty("code").GetString(), Is.EqualTo("codeMalformed"));
        Assert.That((await Workshop.ReadAsync(elsewhere)).GetProperty("code").GetString(), Is.EqualTo("codeNotInGroup"));
        Assert.That(
            (await workshop.RosterAsync(session)).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("status").GetString()),
            Is.EquivalentTo(new[] { "present", null }));
    }

    [Test]
    public async Task Checking_in_a_child_whom_somebody_marked_absent_is_a_conflict()
    {
        var session = await workshop.HoldAsync(date: "2026-11-23");
        await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths[0], "absent", capturedAt: "2026-11-23T08:30:00Z"));

        using var answer = await CheckInAsync(session, workshop.Youths[0].Participant);

        Assert.That((await Workshop.ReadAsync(answer)).GetProperty("attendance").GetProperty("conflicts").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task Three_absences_in_a_row_are_listed_and_reading_the_phone_is_recorded()
    {
        foreach (var (date, status) in ((string, string)[])[("2026-11-16", "present"), ("2026-11-17", "absent"), ("2026-11-19", "absent"), ("2026-11-20", "excused"), ("2026-11-21", "absent")])
        {
            var session = await workshop.HoldAsync(date: date);
            await workshop.MarkAsync(
                session, Workshop.Mark(workshop.Youths[0], status, capturedAt: $"{date}T10:00:00Z"), Workshop.Mark(workshop.Youths[1], "present", capturedAt: $"{date}T10:00:00Z"));
        }

        var listed = await Workshop.ReadAsync(await site.GetAsync("/api/sessions/absences"));
        var contacts = await Workshop.ReadAsync(await site.GetAsync($"/api/sessions/absences/{workshop.Youths[0].Enrollment}/contacts"));

        var item = listed.GetProperty("items").EnumerateArray().Single();
        Assert.That(
            (item.GetProperty("enrollment").GetString(), item.GetProperty("absences").GetInt32(), item.GetProperty("since").GetString()),
            Is.EqualTo((workshop.Youths[0].Enrollment, 3, "2026-11-17")), "an excused absence neither counts nor ends a row");
        Assert.That(listed.GetRawText(), Does.Not.Contain("+212"), "the list shows no phone");
        Assert.That(contacts.GetProperty("items")[0].GetProperty("phone").GetString(), Does.StartWith("+212"));
        var doors = await workshop.App.InsideAsync(services => services.GetRequiredService<ReadDb>().Set<FileReading>().Select(row => row.Door).ToListAsync());
        Assert.That(doors, Is.EqualTo(new[] { "absences" }));
        using var stranger = await workshop.App.SiteAsync("WAC");
        using var refused = await stranger.GetAsync($"/api/sessions/absences/{workshop.Youths[0].Enrollment}/contacts");
        using var other = await stranger.GetAsync("/api/sessions/absences?site=RSB");
        Assert.That((refused.StatusCode, other.StatusCode), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound)));
    }

    [Test]
    public async Task Absences_before_a_child_left_and_after_it_came_back_are_one_row()
    {
        var youth = workshop.Youths[0];
        foreach (var date in (string[])["2026-11-17", "2026-11-19"])
            await workshop.MarkAsync(await workshop.HoldAsync(date: date), Workshop.Mark(youth, "absent", capturedAt: $"{date}T10:00:00Z"));
        await Club.ActAsync(workshop.Staff, $"/api/enrollments/{youth.Enrollment}/withdraw", new { reason = "moved" });
        var again = await Club.ActAsync(workshop.Staff, $"/api/enrollments/{youth.Enrollment}/reenroll");
        var back = youth with { Enrollment = again.Text("enrollment")! };
        await workshop.MarkAsync(await workshop.HoldAsync(date: "2026-11-23"), Workshop.Mark(back, "absent", capturedAt: "2026-11-23T08:30:00Z"));

        var item = (await Workshop.ReadAsync(await site.GetAsync("/api/sessions/absences"))).GetProperty("items").EnumerateArray().Single();

        Assert.That(
            (item.GetProperty("enrollment").GetString(), item.GetProperty("absences").GetInt32(), item.GetProperty("since").GetString()),
            Is.EqualTo((back.Enrollment, 3, "2026-11-17")));
    }

    [Test]
    public async Task How_many_absences_call_for_a_call_is_a_setting_of_the_nation()
    {
        var session = await workshop.HoldAsync();
        await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths[0], "absent"));
        object rule = new { absencesToCall = 1 };

        using var refused = await site.PutAsJsonAsync("/api/editions/football-2026/attendance-rules", rule);
        using var absurd = await workshop.Staff.PutAsJsonAsync("/api/editions/football-2026/attendance-rules", new { absencesToCall = 0, cutOffs = new object?[] { null } });
        using var set = await workshop.Staff.PutAsJsonAsync("/api/editions/football-2026/attendance-rules", rule);

        Assert.That((refused.StatusCode, absurd.StatusCode, set.StatusCode), Is.EqualTo((HttpStatusCode.Forbidden, HttpStatusCode.BadRequest, HttpStatusCode.OK)));
        var listed = await Workshop.ReadAsync(await site.GetAsync("/api/sessions/absences"));
        Assert.That(listed.GetProperty("items").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task Past_sessions_still_open_are_counted_by_site_and_region_within_the_scope()
    {
        await workshop.HoldAsync(date: "2026-11-10");
        await workshop.HoldAsync(date: "2026-11-12");
        await workshop.HoldAsync(date: "2026-11-23");
        using var stranger = await workshop.App.SiteAsync("WAC");

        var bySite = await Workshop.ReadAsync(await workshop.Staff.GetAsync("/api/sessions/still-open?by=site&edition=football-2026"));
        var byRegion = await Workshop.ReadAsync(await workshop.Staff.GetAsync("/api/sessions/still-open?by=region"));
        var strange = await Workshop.ReadAsync(await stranger.GetAsync("/api/sessions/still-open"));

        var item = bySite.GetProperty("items").EnumerateArray().Single();
        Assert.That((item.GetProperty("key").GetString(), item.GetProperty("sessions").GetInt32(), item.GetProperty("oldest").GetString()), Is.EqualTo(("RSB", 2, "2026-11-10")));
        Assert.That(byRegion.GetProperty("items")[0].GetProperty("key").GetString(), Is.EqualTo("02"));
        Assert.That(strange.GetProperty("total").GetInt32(), Is.Zero);
        using var unknown = await workshop.Staff.GetAsync("/api/sessions/still-open?by=planet");
        Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    private async Task<int> StillOpenAsync()
    {
        var items = (await Workshop.ReadAsync(await site.GetAsync("/api/sessions/still-open"))).GetProperty("items");
        return items[0].GetProperty("withoutTwoAdults").GetInt32();
    }

    private Task<HttpResponseMessage> LogAsync(string session, object body) => site.PutAsJsonAsync($"/api/sessions/{session}/log", body);

    private Task<HttpResponseMessage> CheckInAsync(string session, string code) => site.PostAsJsonAsync($"/api/sessions/{session}/check-in", new { code });

    /// <summary>Exchanges the first two different neighbours of a code.</summary>
    private static string Swap(string code)
    {
        var symbols = code.ToCharArray();
        var at = Enumerable.Range(0, symbols.Length - 1).First(i => symbols[i] != symbols[i + 1] && symbols[i] != '-' && symbols[i + 1] != '-');
        (symbols[at], symbols[at + 1]) = (symbols[at + 1], symbols[at]);
        return new string(symbols);
    }
}
