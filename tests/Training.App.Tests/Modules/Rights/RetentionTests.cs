using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Rights.Retention;
using Training.App.Platform;
using Training.App.Tests.Modules.Attendance;
using Training.App.Tests.Modules.Enrollments.Imports;
using Training.App.Tests.Platform.Messaging;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Rights;

/// <summary>Data go by themselves when their time is over, not before, and it is written down.</summary>
internal sealed class RetentionTests
{
    [Test]
    public async Task Files_go_when_every_edition_of_the_child_is_over_for_as_long_as_its_rule_says()
    {
        // Without the worker, whose own clock would run the rules before the preview is read.
        await using var workshop = await Workshop.OpenAsync(children: 2, new TrainingApplication(("App:Roles", "Web")));
        var staff = workshop.Staff;
        using var set = await staff.PutAsJsonAsync("/api/rights/retention/football-2026", new { fileMonths = 12, listDays = 20 });
        Assert.That(set.StatusCode, Is.EqualTo(HttpStatusCode.OK), await set.Content.ReadAsStringAsync());
        var due = DateOnly.Parse((await set.JsonAsync()).Text("filesDueOn")!, null);
        using (await staff.PostAsJsonAsync("/api/rights/requests", new { participant = workshop.Youths[1].Participant, kind = "access" })) { }

        AdvanceTo(workshop, due.AddDays(-1));
        var early = await staff.JsonAsync("/api/rights/retention");
        AdvanceTo(workshop, due);
        var preview = await staff.JsonAsync("/api/rights/retention");
        var run = await workshop.App.Services.GetRequiredService<RetentionJob>().RunAsync(CancellationToken.None);
        var after = await staff.JsonAsync("/api/rights/retention");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(early.GetProperty("dueNow").GetProperty("files").GetInt32(), Is.Zero);
            Assert.That(preview.GetProperty("dueNow").GetProperty("files").GetInt32(), Is.EqualTo(1), "the other child's request waits for its answer");
            Assert.That((run.Files, run.Failed), Is.EqualTo((1, 0)));
            Assert.That(after.GetProperty("dueNow").GetProperty("files").GetInt32(), Is.Zero);
            Assert.That(after.GetProperty("runs")[0].GetProperty("files").GetInt32(), Is.EqualTo(1));
            Assert.That((int)(await staff.GetAsync($"/api/participants/{workshop.Youths[0].Participant}")).StatusCode, Is.EqualTo(404));
            Assert.That((int)(await staff.GetAsync($"/api/participants/{workshop.Youths[1].Participant}")).StatusCode, Is.EqualTo(200));
        }
    }

    [Test]
    public async Task Uploaded_lists_go_with_their_files_and_what_they_registered_stays()
    {
        await using var app = new TrainingApplication(TrainingApplication.OnSqlite);
        using var staff = app.Nation();
        var done = await staff.CommitAsync(await staff.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(2)}"));
        var looked = await staff.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(2, 10)}");
        await staff.PreviewAsync("Spalte;Andere\nx;y\n");
        Assert.That(await Traces.FindAsync(app, "Samira Tazi"), Has.Some.StartsWith("files/"));

        app.Time.Advance(TimeSpan.FromDays(31));
        await Poll.UntilAsync(
            async () => (await staff.JsonAsync("/api/rights/retention")).GetProperty("runs").GetArrayLength() > 0, () => Task.FromResult("the day's run has not come"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await staff.JsonAsync("/api/rights/retention")).GetProperty("runs").EnumerateArray().Sum(run => run.GetProperty("lists").GetInt32()), Is.EqualTo(3));
            Assert.That(await Traces.FindAsync(app, "Samira Tazi"), Is.EqualTo((string[])["Guardians.Name"]));
            Assert.That((await staff.JsonAsync($"/api/imports/{done.Text("id")}")).Text("status"), Is.EqualTo("done"));
            Assert.That((await staff.JsonAsync($"/api/imports/{looked.Text("id")}")).Text("status"), Is.EqualTo("dropped"));
            Assert.That((int)(await staff.GetAsync($"/api/imports/{done.Text("id")}/refused")).StatusCode, Is.EqualTo(409));
            Assert.That(await app.InsideAsync(services => services.GetRequiredService<ReadDb>().Set<Participant>().CountAsync()), Is.EqualTo(2));
        }
    }

    [TestCase(0, 30, "fileMonths")]
    [TestCase(12, 3, "listDays")]
    public async Task A_rule_out_of_bounds_is_refused(int months, int days, string field)
    {
        await using var app = new TrainingApplication();
        using var staff = app.Nation();

        using var answer = await staff.PutAsJsonAsync("/api/rights/retention/football-2026", new { fileMonths = months, listDays = days });

        Assert.That((await answer.JsonAsync()).GetProperty("errors").GetProperty(field)[0].Text("code"), Is.EqualTo("outOfRange"));
    }

    [Test]
    public async Task A_region_does_not_rule_for_the_country()
    {
        await using var app = new TrainingApplication();
        using var region = await app.RegionAsync("02");

        using var answer = await region.PutAsJsonAsync("/api/rights/retention/football-2026", new { fileMonths = 1, listDays = 30 });

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    private static void AdvanceTo(Workshop workshop, DateOnly day) => workshop.App.Time.SetUtcNow(new DateTimeOffset(day, new TimeOnly(12, 0), TimeSpan.Zero));
}
