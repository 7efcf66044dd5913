using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Reporting;
using Training.Data;
using Training.Data.Reporting;
using Training.Data.Scope;
using Training.Domain.Attendance;
using Training.Domain.Enrollments;
using Training.Domain.Registry;
using Training.Domain.Reporting;

namespace Training.App.Tests.Modules.Reporting;

/// <summary>The tallies against the plain truth, whatever way the events arrive.</summary>
internal sealed class TalliesTests
{
    private static readonly string[] Sites = ["RSB", "RCA", "WAC"];

    [Test, CancelAfter(120_000)]
    public Task A_thousand_events_in_any_order_with_repeats_give_what_a_rebuild_and_a_plain_count_give() => ProveAsync(1_000);

    [Test, Category("Long"), CancelAfter(900_000)]
    public Task Ten_thousand_events_in_any_order_with_repeats_give_what_a_rebuild_and_a_plain_count_give() => ProveAsync(10_000);

    private static async Task ProveAsync(int steps)
    {
        await using var application = new TrainingApplication(("App:Roles", "Web"));
        await application.InsideAsync(async services =>
        {
            var random = new Random(20261123);
            var world = new FigureWorld(services);
            var (sessions, enrollments) = await BuildAsync(world, random);
            var told = new List<object>();
            var closed = new HashSet<int>();

            for (var step = 0; step < steps; step++)
            {
                var (session, roster) = sessions[random.Next(sessions.Count)];
                switch (random.Next(40))
                {
                    case 0 when closed.Add(session.Id):
                        await world.CloseAsync(session.Id);
                        break;
                    case 1 when closed.Remove(session.Id):
                        await world.ReopenAsync(session.Id);
                        break;
                    case 2 when !closed.Contains(session.Id):
                        await world.MoveAsync(session.Id, new DateOnly(2026, random.Next(9, 12), random.Next(1, 29)), random.Next(4, 16) * 10);
                        break;
                    case 3 when random.Next(20) == 0 && !closed.Contains(session.Id):
                        await world.CancelAsync(session.Id);
                        break;
                    default:
                        await world.MarkAsync(session.Id, [.. Pick(random, roster).Select(row => (row.Id, (AttendanceStatus)random.Next(1, 5)))]);
                        break;
                }
                if (step == steps / 2) await services.GetRequiredService<RebuildFigures.Handler>().HandleAsync(CancellationToken.None);
                // A third is told at once, out of order; a tenth of what was told is told again.
                while (world.Events.Count > 0 && random.Next(3) == 0) await TellAsync(world, random, told);
                if (told.Count > 0 && random.Next(10) == 0) await world.DeliverAsync(told[random.Next(told.Count)]);
                if (random.Next(20) == 0) await world.SweepAsync();
            }
            foreach (var enrollment in enrollments.Where(_ => random.Next(5) == 0)) await world.WithdrawAsync(enrollment);
            foreach (var enrollment in enrollments.Where(_ => random.Next(4) == 0)) await world.CertifyAsync(enrollment);
            while (world.Events.Count > 0) await TellAsync(world, random, told);
            foreach (var enrollment in enrollments)
                await world.DeliverAsync(new App.Modules.Enrollments.Messages.ParticipantEnrolled(enrollment.Id, enrollment.SiteId, enrollment.EditionId));

            await world.SweepAsync();

            Assert.That(told, Has.Count.GreaterThanOrEqualTo(steps));
            var fed = await KeptFigures.SnapshotAsync(services);
            Assert.That(fed, Is.EqualTo(await PlainCountAsync(services)), "against the plain count");
            var restated = await RestatedAsync(services);
            Assert.That(restated, Is.Not.Empty);
            await services.GetRequiredService<RebuildFigures.Handler>().HandleAsync(CancellationToken.None);
            Assert.That(await KeptFigures.SnapshotAsync(services), Is.EqualTo(fed), "against the rebuild");
            Assert.That(await RestatedAsync(services), Is.EqualTo(restated), "a rebuild forgets no correction");
            return 0;
        });
    }

    [Test]
    public async Task A_session_moved_to_another_month_takes_its_marks_along()
    {
        await using var application = new TrainingApplication(("App:Roles", "Web"));
        await application.InsideAsync(async services =>
        {
            var world = new FigureWorld(services);
            var group = await world.AddGroupAsync("RSB", "A");
            var enrollments = await world.EnrollAsync(group, 3);
            var session = await world.AddSessionAsync(group, new DateOnly(2026, 10, 30), "data");
            await world.MarkAsync(session.Id, [.. enrollments.Select(row => (row.Id, AttendanceStatus.Present))]);
            await world.DeliverAllAsync();

            await using (var db = new TrainingDbContext(services.GetRequiredService<DbContextOptions<TrainingDbContext>>()) { Scope = AccessScope.Whole })
            {
                var moved = await db.Set<Session>().SingleAsync(row => row.Id == session.Id);
                moved.Date = new DateOnly(2026, 11, 2);
                moved.MarksChanged();
                await db.SaveChangesAsync();
                await world.DeliverAsync(new App.Modules.Attendance.Messages.AttendanceRecorded(session.Id, moved.Version));
            }

            var fed = await KeptFigures.SnapshotAsync(services);
            Assert.That(fed, Has.Some.StartsWith("month 202611"));
            Assert.That(fed, Has.None.StartsWith("month 202610"));
            return 0;
        });
    }

    [Test]
    public async Task Sites_counted_by_earlier_rules_are_counted_anew_by_the_worker()
    {
        await using var application = new TrainingApplication(("App:Roles", "Web"));
        await application.InsideAsync(async services =>
        {
            var world = new FigureWorld(services);
            var group = await world.AddGroupAsync("RSB", "A");
            var enrollments = await world.EnrollAsync(group, 6);
            var session = await world.AddSessionAsync(group, new DateOnly(2026, 10, 30), "data");
            await world.MarkAsync(session.Id, [.. enrollments.Select(row => (row.Id, AttendanceStatus.Present))]);
            await world.DeliverAllAsync();
            var fed = await KeptFigures.SnapshotAsync(services);
            await using (var db = new TrainingDbContext(services.GetRequiredService<DbContextOptions<TrainingDbContext>>()) { Scope = AccessScope.Whole })
            {
                await db.Set<SessionTally>().ExecuteDeleteAsync();
                await db.Set<MonthCell>().ExecuteDeleteAsync();
                await db.Set<SiteTally>().ExecuteUpdateAsync(row => row.SetProperty(tally => tally.Rules, 0));
            }

            var rebuilt = await services.GetRequiredService<RebuildFigures.Handler>().CatchUpAsync(CancellationToken.None);

            Assert.That((rebuilt.Sites, rebuilt.Sessions), Is.EqualTo((1, 1)));
            Assert.That(await KeptFigures.SnapshotAsync(services), Is.EqualTo(fed));
            Assert.That((await services.GetRequiredService<RebuildFigures.Handler>().CatchUpAsync(CancellationToken.None)).Sites, Is.Zero);
            return 0;
        });
    }

    private static async Task<List<int>> RestatedAsync(IServiceProvider services)
    {
        await using var db = new TrainingDbContext(services.GetRequiredService<DbContextOptions<TrainingDbContext>>()) { Scope = AccessScope.Whole };
        return await db.Set<SessionTally>().Where(row => row.RestatedAt != null).Select(row => row.SessionId).Order().ToListAsync();
    }

    private static async Task<(List<(Session Session, Enrollment[] Roster)> Sessions, List<Enrollment> Enrollments)> BuildAsync(
        FigureWorld world, Random random)
    {
        var sessions = new List<(Session, Enrollment[])>();
        var all = new List<Enrollment>();
        foreach (var site in Sites)
        {
            for (var i = 0; i < 2; i++)
            {
                var group = await world.AddGroupAsync(site, $"Groupe {i}");
                var roster = new List<Enrollment>();
                foreach (var sex in new[] { Sex.Female, Sex.Male })
                {
                    foreach (var year in new[] { 2009, 2012, 2014, 2017 })
                        roster.AddRange(await world.EnrollAsync(group, 1 + random.Next(3), sex, year, (EnrollmentStatus)random.Next(1, 4)));
                }
                all.AddRange(roster);
                for (var month = 9; month <= 11; month++)
                {
                    string[] modules = random.Next(3) switch { 0 => [], 1 => ["data"], _ => ["ethics", "safety"] };
                    sessions.Add((await world.AddSessionAsync(group, new DateOnly(2026, month, 16), modules), [.. roster]));
                    sessions.Add((await world.AddSessionAsync(group, new DateOnly(2026, month, 17), "project"), [.. roster]));
                }
            }
        }
        return (sessions, all);
    }

    private static IEnumerable<Enrollment> Pick(Random random, Enrollment[] roster)
    {
        var picked = roster.Where(_ => random.Next(4) == 0).ToArray();
        return picked.Length == 0 ? [roster[0]] : picked;
    }

    private static async Task TellAsync(FigureWorld world, Random random, List<object> told)
    {
        var at = random.Next(world.Events.Count);
        var message = world.Events[at];
        world.Events.RemoveAt(at);
        await world.DeliverAsync(message);
        told.Add(message);
    }

    /// <summary>The same lines, from the source rows in memory: no tally, no grouping query.</summary>
    private static async Task<List<string>> PlainCountAsync(IServiceProvider services)
    {
        await using var db = new TrainingDbContext(services.GetRequiredService<DbContextOptions<TrainingDbContext>>()) { Scope = AccessScope.Whole };
        var edition = await db.Set<Training.Domain.Directory.Edition>().SingleAsync(row => row.Code == "football-2026");
        var people = await db.Set<Participant>().ToDictionaryAsync(row => row.Id);
        var enrollments = await db.Set<Enrollment>().ToDictionaryAsync(row => row.Id);
        var sessions = await db.Set<Session>().ToDictionaryAsync(row => row.Id);
        var modules = (await db.Set<SessionModule>().ToListAsync()).ToLookup(row => row.SessionId, row => row.ModuleId);
        var certified = (await db.Set<Training.Domain.Certificates.Certificate>().ToListAsync()).Select(row => row.EnrollmentId).ToHashSet();
        var cohorts = new Cohorts(edition);
        var sums = new SortedDictionary<string, int[]>(StringComparer.Ordinal);

        (Sex, int) Of(int enrollmentId)
        {
            var person = people[enrollments[enrollmentId].ParticipantId];
            return (person.Sex, cohorts.Of(person.BirthDate));
        }

        void Count(string key, int size, int place, int by = 1)
        {
            if (!sums.TryGetValue(key, out var counts)) sums.Add(key, counts = new int[size]);
            counts[place] += by;
        }

        var held = sessions.Values.Where(row => row.Status == SessionStatus.Closed).Select(row => row.Id).ToHashSet();
        foreach (var mark in await db.Set<AttendanceMark>().ToListAsync())
        {
            var session = sessions[mark.SessionId];
            if (session.Status == SessionStatus.Cancelled) continue;
            held.Add(session.Id);
            var (sex, cohort) = Of(mark.EnrollmentId);
            var place = (int)mark.Status - 1;
            Count($"cell {session.EditionId} {session.SiteId} {session.RegionId} {MonthOf(session)} {sex} {cohort}", 4, place);
            foreach (var key in KeysOf(session)) Count(key, 8, place);
        }
        foreach (var session in sessions.Values.Where(row => row.Status != SessionStatus.Cancelled))
        {
            foreach (var key in KeysOf(session))
            {
                if (session.Status == SessionStatus.Closed) Count(key, 8, 4);
                Count(key, 8, 5);
                if (!held.Contains(session.Id)) continue;
                Count(key, 8, 6);
                Count(key, 8, 7, session.Minutes);
            }
        }

        static int MonthOf(Session session) => session.Date.Year * 100 + session.Date.Month;

        IEnumerable<string> KeysOf(Session session) =>
        [
            $"month {MonthOf(session)} {session.EditionId} {session.SiteId} {session.RegionId}",
            $"group {session.GroupId} {session.EditionId} {session.SiteId} {MonthOf(session)}",
            .. modules[session.Id].Select(module => $"module {module} {session.EditionId} {session.SiteId} {MonthOf(session)}"),
        ];

        foreach (var row in enrollments.Values)
        {
            var (sex, cohort) = Of(row.Id);
            foreach (var key in new[] { $"enrolled {row.EditionId} {row.SiteId} {sex} {cohort}", $"enrolled in group {row.EditionId} {row.SiteId} {row.GroupId} {sex} {cohort}" })
            {
                Count(key, 6, (int)row.Status - 1);
                if (!certified.Contains(row.Id)) continue;
                Count(key, 6, 4);
                Count(key, 6, 5);
            }
        }
        var lines = new List<string>();
        foreach (var (key, counts) in sums) KeptFigures.Add(lines, key, counts);
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }
}
