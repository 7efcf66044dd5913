using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Reporting.Schedules;
using Training.App.Platform;
using Training.App.Tests.Modules.Enrollments.Imports;
using Training.App.Tests.Pages;
using Training.App.Tests.Platform.Gateways;
using Training.App.Tests.Platform.Messaging;
using Training.Data;
using Training.Data.Access;
using Training.Domain.Access;
using Training.Domain.Reporting;

namespace Training.App.Tests.Modules.Reporting;

/// <summary>Reports made again and again: for their owner's present rights, once a run, until five have failed.</summary>
internal sealed class ReportScheduleTests
{
    private const string Door = "/api/reports/schedules";
    private const string Email = "planning@test.example";

    /// <summary>Monday, 30 November 2026, six o'clock in Casablanca (UTC+1).</summary>
    private static readonly DateTimeOffset NextMonday = new(2026, 11, 30, 5, 0, 0, TimeSpan.Zero);

    private readonly List<IAsyncDisposable> open = [];

    [TearDown]
    public async Task CloseAsync()
    {
        foreach (var one in Enumerable.Reverse(open)) await one.DisposeAsync();
        open.Clear();
    }

    [Test]
    public async Task A_weekly_report_comes_on_monday_morning_into_the_inbox_of_its_owner_alone()
    {
        var app = await OpenAsync();
        using var owner = await PersonAsync(app, Email);
        var saved = await SaveAsync(owner, "weekly");
        Assert.That(saved.GetProperty("nextAt").GetDateTimeOffset(), Is.EqualTo(NextMonday));

        AdvanceTo(app, NextMonday.AddMinutes(-1));
        await app.Services.GetRequiredService<RunSchedules>().RunAsync(CancellationToken.None);
        using var before = await app.SignInByPageAsync(Email);
        Assert.That((await before.JsonAsync("/api/reports/orders")).GetProperty("items").GetArrayLength(), Is.Zero, "a minute too early");
        AdvanceTo(app, NextMonday);
        await app.Services.GetRequiredService<RunSchedules>().RunAsync(CancellationToken.None);

        var order = await DoneAsync(before);
        Assert.That((order.GetProperty("isScheduled").GetBoolean(), order.Text("form")), Is.EqualTo((true, "csv")));
        Assert.That(order.GetProperty("order").GetProperty("expiresAt").GetDateTimeOffset(), Is.EqualTo(NextMonday.AddDays(7)));
        var file = Encoding.UTF8.GetString(await before.GetByteArrayAsync(order.GetProperty("order").Text("file")));
        Assert.That(file, Does.Contain("Inscrits").And.Contain("RSB;Renaissance Sportive de Berkane;;12;").And.Not.Contain("31"));
        var schedule = await OneAsync(before);
        Assert.That(schedule.GetProperty("nextAt").GetDateTimeOffset(), Is.EqualTo(NextMonday.AddDays(7)));
        Assert.That((schedule.GetProperty("failures").GetInt32(), schedule.Text("status")), Is.EqualTo((0, "active")));

        using var other = await PersonAsync(app, "autre@test.example");
        Assert.That((await other.JsonAsync("/api/reports/orders")).GetProperty("items").GetArrayLength(), Is.Zero);
        Assert.That((await other.JsonAsync(Door)).GetProperty("items").GetArrayLength(), Is.Zero);
        using var taken = await other.PostAsync($"{Door}/{schedule.Text("id")}/pause", null);
        Assert.That(taken.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        var page = await before.GetStringAsync("/reports/mine");
        Assert.That(page, Does.Contain(order.GetProperty("order").Text("file")));
    }

    [Test]
    public async Task A_monthly_report_keeps_six_o_clock_in_ramadan_too()
    {
        // From 7 February to 14 March 2027 the legal time is UTC.
        Assert.That(ScheduleClock.Next(ReportRhythm.Monthly, new(2027, 2, 20, 9, 0, 0, TimeSpan.Zero)).ToLocal(), Is.EqualTo(new DateTime(2027, 3, 1, 6, 0, 0)));
        Assert.That(ScheduleClock.Next(ReportRhythm.Monthly, new(2027, 2, 20, 9, 0, 0, TimeSpan.Zero)), Is.EqualTo(new DateTimeOffset(2027, 3, 1, 6, 0, 0, TimeSpan.Zero)));
        Assert.That(ScheduleClock.Next(ReportRhythm.Monthly, NextMonday), Is.EqualTo(new DateTimeOffset(2026, 12, 1, 5, 0, 0, TimeSpan.Zero)));
        Assert.That(ScheduleClock.Next(ReportRhythm.Weekly, NextMonday), Is.EqualTo(NextMonday.AddDays(7)));
        Assert.That(ScheduleClock.Next(ReportRhythm.Weekly, NextMonday.AddSeconds(-1)), Is.EqualTo(NextMonday));
        await Task.CompletedTask;
    }

    [Test]
    public async Task Of_two_processes_one_runs_it()
    {
        var app = await OpenAsync(("App:Roles", "Web"));
        using var owner = await PersonAsync(app, Email);
        await SaveAsync(owner, "weekly");
        AdvanceTo(app, NextMonday);
        var runs = app.Services.GetRequiredService<RunSchedules>();
        var read = await app.InsideAsync(services => services.GetRequiredService<ReadDb>().Set<ReportSchedule>().SingleAsync());

        var claimed = await Task.WhenAll(runs.RunOneAsync(read, NextMonday, CancellationToken.None), runs.RunOneAsync(read, NextMonday, CancellationToken.None));

        Assert.That(claimed.Count(one => one), Is.EqualTo(1));
        Assert.That(await app.InsideAsync(services => services.GetRequiredService<ReadDb>().Set<ReportOrder>().CountAsync()), Is.EqualTo(1));
    }

    [Test]
    public async Task Each_run_asks_anew_what_its_owner_may_see_and_stops_where_the_access_has_ended()
    {
        var app = await OpenAsync(("App:Roles", "Web"));
        using var owner = await PersonAsync(app, Email);
        await SaveAsync(owner, "weekly", new { edition = "football-2026", by = "site" });
        await MoveAsync(app, region: 6);
        AdvanceTo(app, NextMonday);
        await app.Services.GetRequiredService<RunSchedules>().RunAsync(CancellationToken.None);
        Assert.That(await app.InsideAsync(services => services.GetRequiredService<ReadDb>().Set<ReportOrder>().Select(row => row.Scope).SingleAsync()), Is.EqualTo("r:6"));

        await MoveAsync(app, region: null);
        AdvanceTo(app, NextMonday.AddDays(7));
        await app.Services.GetRequiredService<RunSchedules>().RunAsync(CancellationToken.None);

        var schedule = await app.InsideAsync(services => services.GetRequiredService<ReadDb>().Set<ReportSchedule>().SingleAsync());
        Assert.That((schedule.Status, schedule.Problem), Is.EqualTo((ReportScheduleStatus.Stopped, ReportSchedule.AccessEnded)));
        Assert.That(await app.InsideAsync(services => services.GetRequiredService<ReadDb>().Set<ReportOrder>().CountAsync()), Is.EqualTo(1));
    }

    [Test]
    public async Task After_five_failures_in_a_row_it_stops_says_so_and_runs_again_when_asked()
    {
        var app = await OpenAsync(("App:Roles", "Web"));
        using var owner = await PersonAsync(app, Email);
        await SaveAsync(owner, "weekly", new { edition = "football-2026", by = "site", region = "02" });
        await MoveAsync(app, region: 6);
        for (var week = 0; week < 6; week++)
        {
            AdvanceTo(app, NextMonday.AddDays(7 * week));
            await app.Services.GetRequiredService<RunSchedules>().RunAsync(CancellationToken.None);
        }

        using var later = await app.SignInByPageAsync(Email);
        var schedule = await OneAsync(later);
        Assert.That((schedule.Text("status"), schedule.GetProperty("failures").GetInt32(), schedule.Text("problem")), Is.EqualTo(("stopped", 5, "reportOutsidePerimeter")));
        Assert.That(schedule.GetProperty("nextAt").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(await later.GetStringAsync("/reports/mine"), Does.Contain("Arrêté après 5 échecs de suite"));

        using (var again = await later.SendFormAsync("/reports/mine", "/reports/mine?handler=Resume", ("id", schedule.Text("id")!))) Assert.That((int)again.StatusCode, Is.EqualTo(302));
        schedule = await OneAsync(later);
        Assert.That((schedule.Text("status"), schedule.GetProperty("failures").GetInt32()), Is.EqualTo(("active", 0)));
        using (var rests = await later.SendFormAsync("/reports/mine", "/reports/mine?handler=Pause", ("id", schedule.Text("id")!))) Assert.That((int)rests.StatusCode, Is.EqualTo(302));
        AdvanceTo(app, NextMonday.AddDays(7 * 7));
        Assert.That(await app.Services.GetRequiredService<RunSchedules>().RunAsync(CancellationToken.None), Is.Zero, "it rests");
        using var last = await app.SignInByPageAsync(Email);
        using (var gone = await last.SendFormAsync("/reports/mine", "/reports/mine?handler=Delete", ("id", schedule.Text("id")!))) Assert.That((int)gone.StatusCode, Is.EqualTo(302));
        Assert.That((await last.JsonAsync(Door)).GetProperty("items").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task Where_mail_is_configured_a_link_is_sent_and_no_figure_and_what_is_not_taken_is_a_failure()
    {
        var post = new SmtpReceiver();
        open.Add(post);
        var app = await OpenAsync(
            ("Mail:Host", "127.0.0.1"), ("Mail:Port", post.Port.ToString(CultureInfo.InvariantCulture)), ("Mail:Security", "None"), ("Mail:From", "programmes@training.example"));
        using var owner = await PersonAsync(app, Email);
        await SaveAsync(owner, "weekly");
        post.Messages.Clear();
        AdvanceTo(app, NextMonday);
        await app.Services.GetRequiredService<RunSchedules>().RunAsync(CancellationToken.None);

        await Poll.UntilAsync(() => !post.Messages.IsEmpty, () => "no mail came");
        post.Messages.TryPeek(out var mail);
        Assert.That(mail, Does.Contain("https://training.example/reports/mine").And.Contain(Email).And.Not.Contain("Berkane").And.Not.Contain("RSB"));
        await Poll.UntilAsync(async () => (await StoredAsync(app)).PendingOrderId is null, () => Task.FromResult("the run is not settled"));
        Assert.That((await StoredAsync(app)).Failures, Is.Zero);

        post.RecipientAnswer = "550 No such user";
        AdvanceTo(app, NextMonday.AddDays(7));
        await app.Services.GetRequiredService<RunSchedules>().RunAsync(CancellationToken.None);
        await Poll.UntilAsync(async () => (await StoredAsync(app)).Failures == 1, async () => $"it stands at {(await StoredAsync(app)).Problem}");
        Assert.That((await StoredAsync(app)).Problem, Is.EqualTo(ReportSchedule.NotMailed));
    }

    [TestCase("""{ "form": "csv", "rhythm": "daily", "question": { "edition": "football-2026" } }""", 400, "weekly, monthly")]
    [TestCase("""{ "form": "docx", "rhythm": "weekly", "question": { "edition": "football-2026" } }""", 400, "openData")]
    [TestCase("""{ "form": "csv", "rhythm": "weekly", "question": { "edition": "football-2026", "by": "colour" } }""", 400, "ageBand")]
    [TestCase("""{ "form": "csv", "rhythm": "weekly", "question": { "edition": "football-2026", "region": "06" } }""", 404, "")]
    public async Task What_cannot_be_made_is_refused_at_once(string body, int status, string possible)
    {
        var app = await OpenAsync(("App:Roles", "Web"));
        using var owner = await PersonAsync(app, Email);

        using var answer = await owner.PostAsync(Door, new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(possible));
    }

    [Test]
    public async Task The_page_of_figures_hands_its_view_over()
    {
        var app = await OpenAsync(("App:Roles", "Web"));
        using var owner = await PersonAsync(app, Email);
        using var saved = await owner.SendFormAsync(
            "/reports?edition=football-2026&sex=female", "/reports/mine",
            ("Question.edition", "football-2026"), ("Question.by", "site"), ("Question.region", "02"), ("Question.sex", "female"), ("Form", "pdf"), ("Rhythm", "monthly"));

        Assert.That((int)saved.StatusCode, Is.EqualTo(302));
        var schedule = await OneAsync(owner);
        Assert.That((schedule.Text("rhythm"), schedule.Text("form"), schedule.GetProperty("question").Text("sex"), schedule.Text("language")), Is.EqualTo(("monthly", "pdf", "female", "fr")));
        Assert.That(await owner.GetStringAsync("/reports?edition=football-2026&sex=female"), Does.Contain("name=\"Question.sex\" value=\"female\""));
        using var wrong = await owner.SendFormAsync("/reports/mine", ("Question.edition", "football-2026"), ("Form", "pdf"), ("Rhythm", "daily"));
        Assert.That(await wrong.Content.ReadAsStringAsync(), Does.Contain("error-summary"));
    }

    [Test]
    public async Task A_key_has_no_schedule()
    {
        var app = await OpenAsync(("App:Roles", "Web"));
        using var answer = await app.Nation().PostAsJsonAsync(Door, new { form = "csv", rhythm = "weekly", question = new { edition = "football-2026" } });

        Assert.That((answer.StatusCode, await answer.CodeAsync()), Is.EqualTo((HttpStatusCode.Forbidden, "scheduleNeedsAccount")));
    }

    private async Task<TrainingApplication> OpenAsync(params (string, string?)[] settings)
    {
        var app = new TrainingApplication(settings);
        open.Add(app);
        await app.InsideAsync(async services =>
        {
            var world = new FigureWorld(services);
            await world.EnrollAsync(await world.AddGroupAsync("RSB", "A"), 12);
            await world.EnrollAsync(await world.AddGroupAsync("RCA", "A"), 31);
            await world.DeliverAllAsync();
            return 0;
        });
        return app;
    }

    /// <summary>A coordinator of the east whose browser calls the API from our own pages.</summary>
    private static async Task<HttpClient> PersonAsync(TrainingApplication app, string email)
    {
        var client = await app.CoordinatorAsync(email, "02");
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return client;
    }

    private static async Task<JsonElement> SaveAsync(HttpClient client, string rhythm, object? question = null)
    {
        using var answer = await client.PostAsJsonAsync(Door, new { form = "csv", rhythm, question = question ?? new { edition = "football-2026", by = "site" } });
        Assert.That((int)answer.StatusCode, Is.EqualTo(201), await answer.Content.ReadAsStringAsync());
        return await answer.JsonAsync();
    }

    private static async Task<JsonElement> OneAsync(HttpClient client) => (await client.JsonAsync(Door)).GetProperty("items")[0];

    private static async Task<JsonElement> DoneAsync(HttpClient client)
    {
        var list = default(JsonElement);
        await Poll.UntilAsync(
            async () => (list = (await client.JsonAsync("/api/reports/orders")).GetProperty("items")).EnumerateArray().Any(item => item.GetProperty("order").Text("status") == "done"),
            () => Task.FromResult($"the orders stand at {list}"));
        return list[0];
    }

    private static Task<ReportSchedule> StoredAsync(TrainingApplication app) =>
        app.InsideAsync(services => services.GetRequiredService<ReadDb>().Set<ReportSchedule>().SingleAsync());

    /// <summary>Ends the owner's role, and gives the same one in another region unless it is null.</summary>
    private static Task MoveAsync(TrainingApplication app, int? region) => app.InsideAsync(async services =>
    {
        var db = services.GetRequiredService<TrainingDbContext>();
        foreach (var grant in await db.Set<RoleGrant>().AsTracking().Where(row => row.EndedAt == null).ToListAsync()) grant.End("test", app.Time.GetUtcNow());
        var account = await db.Set<Account>().SingleAsync(row => row.Email == Email);
        if (region is not null) db.Add(new RoleGrant { AccountId = account.Id, Role = Role.Coordinator, RegionId = region });
        await db.SaveChangesAsync();
        return 0;
    });

    private static void AdvanceTo(TrainingApplication app, DateTimeOffset at) => app.Time.Advance(at - app.Time.GetUtcNow());
}
