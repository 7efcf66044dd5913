using System.Text.Json;
using System.Text.Json.Nodes;
using Training.App.Tests.Modules.Attendance;
using Training.App.Tests.Modules.Enrollments;
using Training.App.Tests.Modules.Enrollments.Lifecycle;

namespace Training.App.Tests.Modules.Certificates;

/// <summary>A child who leaves and comes back in the same edition keeps what it attended.</summary>
[TestFixture]
internal sealed class ComingBackTests
{
    private Workshop workshop = null!;

    [SetUp]
    public async Task Open() => workshop = await Workshop.OpenAsync(children: 1);

    [TearDown]
    public async Task Stop() => await workshop.DisposeAsync();

    [Test]
    public async Task What_was_attended_before_leaving_counts_with_what_came_after()
    {
        await AttendAsync(workshop.Youths[0], "2026-11-18");
        var again = await ComeBackAsync();
        Assert.That(await MinutesAsync(workshop.Staff, again.Enrollment), Is.EqualTo(360));

        await AttendAsync(again, "2026-11-23");

        Assert.That((await CompletionAsync(workshop.Staff, again.Enrollment)).GetProperty("missing").GetArrayLength(), Is.Zero);
        var certificate = await workshop.IssuedAsync(again);
        Assert.That((certificate.Text("kind"), certificate.GetProperty("hours").GetDecimal()), Is.EqualTo(("completion", 12m)));
    }

    [Test]
    public async Task Enough_hours_before_leaving_bring_the_certificate_at_the_return()
    {
        await using var quiet = await Workshop.OpenAsync(1, new TrainingApplication(TrainingApplication.OnSqlite, ("App:Roles", "Web")));
        var left = quiet.Youths[0];
        foreach (var day in new[] { "2026-11-18", "2026-11-19" }) await AttendAsync(quiet, left, day);
        var again = await ComeBackAsync(quiet);

        var added = await quiet.AssessAsync();

        Assert.That(added, Is.EqualTo(1));
        Assert.That((await quiet.CertificatesAsync(again))[0].Text("enrollment"), Is.EqualTo(again.Enrollment));
        Assert.That(await quiet.AssessAsync(), Is.Zero, "and never a second one");
    }

    [Test]
    public async Task A_certificate_from_before_leaving_is_not_earned_a_second_time()
    {
        await workshop.CompleteAsync();
        await workshop.IssuedAsync(workshop.Youths[0]);
        var again = await ComeBackAsync();

        Assert.That(await workshop.AssessAsync(), Is.Zero);
        Assert.That((await workshop.CertificatesAsync(again)).GetArrayLength(), Is.EqualTo(1));
        Assert.That((await CompletionAsync(workshop.Staff, again.Enrollment)).GetProperty("certificates").GetArrayLength(), Is.EqualTo(1), "and the enrollment that goes on shows it");
    }

    [Test]
    public async Task What_was_attended_at_another_site_counts_and_its_coach_sees_that()
    {
        await AttendAsync(workshop.Youths[0], "2026-11-18");
        await LeaveAsync(workshop, workshop.Youths[0]);
        var elsewhere = Bodies.Child(0, "WAC");
        elsewhere["duplicateDecision"] = new JsonObject { ["sameAs"] = workshop.Youths[0].Participant };
        var enrolled = await TrainingApplication.RegisterAsync(workshop.Staff, elsewhere);

        using var coach = await workshop.App.SiteAsync("WAC");

        Assert.That(await MinutesAsync(coach, enrolled.Text("enrollment")!), Is.EqualTo(360));
    }

    [Test]
    public async Task What_was_attended_before_a_transfer_is_seen_by_the_receiving_coach()
    {
        await AttendAsync(workshop.Youths[0], "2026-11-18");
        var to = await Club.OpenAsync(workshop.App, "WAC", 5);
        using var from = await workshop.App.SiteAsync("RSB");
        var asked = await Club.ActAsync(from, $"/api/enrollments/{workshop.Youths[0].Enrollment}/transfer", new { toSite = "WAC" });
        await to.ActAsync($"/api/transfers/{asked.Text("transfer")}/accept");

        Assert.That(await MinutesAsync(to.Coach, workshop.Youths[0].Enrollment), Is.EqualTo(360));
    }

    [Test]
    public async Task A_roster_names_the_child_once_with_the_mark_it_has()
    {
        var marked = await workshop.HoldAsync(90, "2026-11-20");
        await workshop.AllPresentAsync(marked);
        var unmarked = await workshop.HoldAsync(90, "2026-11-21");
        var again = await ComeBackAsync();

        var line = (await workshop.RosterAsync(marked)).GetProperty("items").EnumerateArray().Single();
        Assert.That((line.Text("enrollment"), line.Text("status")), Is.EqualTo((workshop.Youths[0].Enrollment, "present")));
        Assert.That((await workshop.RosterAsync(unmarked)).GetProperty("items").EnumerateArray().Single().Text("enrollment"), Is.EqualTo(again.Enrollment));
    }

    private Task<Youth> ComeBackAsync() => ComeBackAsync(workshop);

    private static async Task<Youth> ComeBackAsync(Workshop workshop)
    {
        var youth = workshop.Youths[0];
        await LeaveAsync(workshop, youth);
        var again = await Club.ActAsync(workshop.Staff, $"/api/enrollments/{youth.Enrollment}/reenroll");
        return youth with { Enrollment = again.Text("enrollment")! };
    }

    private static Task<JsonElement> LeaveAsync(Workshop workshop, Youth youth) =>
        Club.ActAsync(workshop.Staff, $"/api/enrollments/{youth.Enrollment}/withdraw", new { reason = "moved" });

    private Task AttendAsync(Youth youth, string day) => AttendAsync(workshop, youth, day);

    private static async Task AttendAsync(Workshop workshop, Youth youth, string day)
    {
        var session = await workshop.HoldAsync(360, day, Workshop.Mandatory);
        await workshop.MarkAsync(session, Workshop.Mark(youth, capturedAt: $"{day}T10:05:00Z"));
        await workshop.CloseAsync(session);
    }

    private static async Task<int> MinutesAsync(HttpClient client, string enrollment) => (await CompletionAsync(client, enrollment)).GetProperty("attendedMinutes").GetInt32();

    private static async Task<JsonElement> CompletionAsync(HttpClient client, string enrollment)
    {
        using var answer = await client.GetAsync(new Uri($"/api/enrollments/{enrollment}/completion", UriKind.Relative));
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        return await answer.JsonAsync();
    }
}
