using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Reporting;
using Training.App.Tests.Modules.Attendance;
using Training.App.Tests.Platform.Messaging;
using Training.Data;
using Training.Data.Reporting;
using Training.Data.Scope;

namespace Training.App.Tests.Modules.Reporting;

/// <summary>What happens reaches the figures by itself, and once.</summary>
internal sealed class FreshFiguresTests
{
    [Test]
    public async Task What_a_workshop_does_over_HTTP_stands_in_the_figures_soon_after()
    {
        await using var workshop = await Workshop.OpenAsync(6);
        await workshop.CompleteAsync();

        await Poll.UntilAsync(
            async () => Numbers(await ReadAsync(workshop)) is [6, 6, 6, var marked, var present] && marked == present && marked >= 6,
            async () => $"the figures are {string.Join(", ", Numbers(await ReadAsync(workshop)))}");

        var report = await ReadAsync(workshop);
        var completeness = report.GetProperty("completeness");
        Assert.That(completeness.GetProperty("closed").GetInt32(), Is.EqualTo(completeness.GetProperty("expected").GetInt32()).And.GreaterThan(0));
    }

    [Test]
    public async Task A_burst_of_registrations_asks_for_one_recount()
    {
        await using var application = new TrainingApplication(("App:Roles", "Web"));
        await application.InsideAsync(async services =>
        {
            var world = new FigureWorld(services);
            var group = await world.AddGroupAsync("RSB", "A");
            await world.EnrollAsync(group, 30);
            foreach (var message in world.Events) await world.DeliverAsync(message);

            var counter = services.GetRequiredService<EnrollmentCounter>();
            Assert.That(await counter.SweepAsync(CancellationToken.None), Is.EqualTo(1));
            Assert.That(await counter.SweepAsync(CancellationToken.None), Is.Zero);
            var site = await SiteAsync(services);
            Assert.That((site.Recounts, site.StaleSince, site.CountingSince), Is.EqualTo((1, (DateTimeOffset?)null, (DateTimeOffset?)null)));
            return 0;
        });
    }

    [Test]
    public async Task A_recount_that_was_killed_is_done_by_whoever_looks_a_minute_later()
    {
        await using var application = new TrainingApplication(("App:Roles", "Web"));
        await application.InsideAsync(async services =>
        {
            var world = new FigureWorld(services);
            var group = await world.AddGroupAsync("RSB", "A");
            await world.EnrollAsync(group, 7);
            await world.DeliverAllAsync();
            await world.EnrollAsync(group, 5);
            // The question is taken off, the count never comes.
            await using (var db = new TrainingDbContext(services.GetRequiredService<DbContextOptions<TrainingDbContext>>()) { Scope = AccessScope.Whole })
            {
                await SiteTallies.BeginAsync(db, group.EditionId, group.SiteId, group.RegionId, TrainingApplication.Start, CancellationToken.None);
                await db.SaveChangesAsync();
            }
            var counter = services.GetRequiredService<EnrollmentCounter>();
            Assert.That(await counter.SweepAsync(CancellationToken.None), Is.Zero, "it may still be under way");

            application.Time.Advance(SiteTallies.RecountMax + TimeSpan.FromSeconds(1));

            Assert.That(await counter.SweepAsync(CancellationToken.None), Is.EqualTo(1));
            await using var after = new TrainingDbContext(services.GetRequiredService<DbContextOptions<TrainingDbContext>>()) { Scope = AccessScope.Whole };
            Assert.That(await after.Set<SiteEnrollmentCell>().SumAsync(row => row.Active), Is.EqualTo(12));
            return 0;
        });
    }

    private static async Task<SiteTally> SiteAsync(IServiceProvider services)
    {
        await using var db = new TrainingDbContext(services.GetRequiredService<DbContextOptions<TrainingDbContext>>()) { Scope = AccessScope.Whole };
        return await db.Set<SiteTally>().SingleAsync();
    }

    private static async Task<JsonElement> ReadAsync(Workshop workshop)
    {
        var answer = await workshop.Staff.GetAsync(new Uri("/api/reports/attendance?edition=football-2026&by=region", UriKind.Relative));
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        return await answer.JsonAsync();
    }

    private static int?[] Numbers(JsonElement report) =>
        [.. new[] { "enrolled", "completed", "certificates", "marked", "present" }.Select(name =>
            report.GetProperty("total").GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : (int?)null)];
}
