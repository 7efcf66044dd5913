using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Reporting;
using Training.App.Tests.Modules.Attendance;
using Training.App.Tests.Modules.Certificates;
using Training.App.Tests.Platform.Messaging;
using Training.Data;
using Training.Data.Reporting;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Directory;

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
    public async Task A_certificate_that_was_revoked_leaves_the_figures_by_itself()
    {
        await using var workshop = await Workshop.OpenAsync(2);
        await workshop.CompleteAsync();
        var number = (await workshop.IssuedAsync(workshop.Youths[0])).Number();
        await Poll.UntilAsync(async () => await CertifiedAsync() == (2, 2), async () => $"the figures are {await CertifiedAsync()}");

        using var region = await workshop.App.RegionAsync("02");
        foreach (var person in (HttpClient[])[workshop.Staff, region])
            using (await person.PostAsJsonAsync($"/api/certificates/{number}/revoke", new { reason = "misuse" })) { }

        await Poll.UntilAsync(async () => await CertifiedAsync() == (1, 1), async () => $"the figures are {await CertifiedAsync()}");

        // Behind the application's back: a report shows no number as small as these.
        Task<(int, int)> CertifiedAsync() => workshop.App.InsideAsync(async services =>
        {
            await using var db = Open(services);
            var cells = await db.Set<SiteEnrollmentCell>().ToListAsync();
            return (cells.Sum(cell => cell.Completed), cells.Sum(cell => cell.Certificates));
        });
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

    [Test]
    public async Task A_count_that_was_overtaken_is_not_taken()
    {
        await using var application = new TrainingApplication(("App:Roles", "Web"));
        await application.InsideAsync(async services =>
        {
            var world = new FigureWorld(services);
            var (first, second) = (await world.AddGroupAsync("RSB", "A"), await world.AddGroupAsync("RSB", "B"));
            await world.EnrollAsync(first, 4);
            await world.EnrollAsync(second, 3);
            var directory = await world.DirectoryAsync();
            var edition = directory.Edition(first.EditionId);

            var former = await CountAsync();
            await world.EnrollAsync(second, 2);
            var latter = await CountAsync();
            Assert.That(await ReplaceAsync(latter), Is.True);
            Assert.That(await ReplaceAsync(former), Is.False, "it knows two children less");
            Assert.That(await CellsAsync(), Is.EqualTo((9, 4, 5)));

            await world.EnrollAsync(first, 1);
            Assert.That(await ReplaceAsync(await CountAsync()), Is.True);
            Assert.That(await CellsAsync(), Is.EqualTo((10, 5, 5)), "only one group has changed");
            return 0;

            async Task<EnrollmentTallies> CountAsync()
            {
                await using var db = Open(services);
                return await EnrollmentTallies.CountAsync(db, first.SiteId, first.RegionId, edition, CancellationToken.None);
            }

            async Task<bool> ReplaceAsync(EnrollmentTallies tallies) => (await services.GetRequiredService<IWriteGate>().WriteAsync<bool>(
                AccessScope.Whole, async (change, token) => await tallies.ReplaceAsync(change, first.RegionId, TrainingApplication.Start, token), CancellationToken.None)).Value;

            async Task<(int, int, int)> CellsAsync()
            {
                await using var db = Open(services);
                var groups = await db.Set<GroupEnrollmentCell>().ToListAsync();
                return (await db.Set<SiteEnrollmentCell>().SumAsync(row => row.Active),
                    groups.Where(cell => cell.GroupId == first.Id).Sum(cell => cell.Active), groups.Where(cell => cell.GroupId == second.Id).Sum(cell => cell.Active));
            }
        });
    }

    [Test]
    public async Task A_recount_of_many_sites_is_asked_for_once_and_since_the_first_question()
    {
        await using var application = new TrainingApplication(("App:Roles", "Web"));
        await application.InsideAsync(async services =>
        {
            var directory = await new FigureWorld(services).DirectoryAsync();
            var edition = directory.FindEdition("football-2026")!.Id;
            Site[] sites = [.. ((string[])["RSB", "WAC", "RCA"]).Select(code => directory.FindSite(code)!)];
            var counter = services.GetRequiredService<EnrollmentCounter>();
            await counter.AskAsync(edition, [sites[0].Id], CancellationToken.None);
            await counter.RecountAsync(directory.Edition(edition), sites[1], CancellationToken.None);
            application.Time.Advance(TimeSpan.FromMinutes(1));

            await counter.AskAsync(edition, [.. sites.Select(site => site.Id)], CancellationToken.None);

            await using var db = Open(services);
            var rows = await db.Set<SiteTally>().OrderBy(row => row.StaleSince).ThenBy(row => row.SiteId).ToListAsync();
            Assert.That(rows.Select(row => row.SiteId), Is.EquivalentTo(sites.Select(site => site.Id)));
            Assert.That(rows.Select(row => (row.SiteId == sites[0].Id, row.StaleSince - TrainingApplication.Start)), Is.EqualTo(((bool, TimeSpan?)[])
                [(true, TimeSpan.Zero), (false, TimeSpan.FromMinutes(1)), (false, TimeSpan.FromMinutes(1))]));
            Assert.That(rows.Select(row => row.RegionId), Is.EquivalentTo(sites.Select(site => site.RegionId)));
            Assert.That(rows.Single(row => row.SiteId == sites[1].Id).Recounts, Is.EqualTo(1), "what is there is kept");
            return 0;
        });
    }

    private static TrainingDbContext Open(IServiceProvider services) =>
        new(services.GetRequiredService<DbContextOptions<TrainingDbContext>>()) { Scope = AccessScope.Whole };

    private static async Task<SiteTally> SiteAsync(IServiceProvider services)
    {
        await using var db = Open(services);
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
