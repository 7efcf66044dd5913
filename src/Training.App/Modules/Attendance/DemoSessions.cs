using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Seeding;
using Training.App.Platform.Seeding.Synthetic;
using Training.Domain.Attendance;
using Training.Domain.Directory;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Attendance;

/// <summary>
/// A season so far: each group has had a session a module, a week apart in clubs and a day apart in the one-week camps of youth
/// houses. The last session of every third group is still open, as in life.
/// </summary>
internal sealed class DemoSessions(IServiceScopeFactory scopes, DirectoryCatalog catalog, ReadDb db, TimeProvider time) : IDemoPart
{
    /// <summary>Out of a hundred marks.</summary>
    private const int Present = 84;
    private const int Late = 90;
    private const int Excused = 94;

    public int Order => 3;

    public async Task SeedAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var directory = await catalog.SnapshotAsync(cancellationToken);
        var begun = await db.Set<Session>().Select(session => session.GroupId).Distinct().ToListAsync(cancellationToken);
        var groups = await db.Set<Group>().OrderBy(group => group.Id).ToListAsync(cancellationToken);
        var missing = groups.Select((group, i) => (Group: group, LastStaysOpen: i % 3 == 2)).Where(entry => !begun.Contains(entry.Group.Id));
        await Parallel.ForEachAsync(missing, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (entry, token) =>
        {
            await using var scope = scopes.CreateAsyncScope();
            await SeedAsync(entry.Group, entry.LastStaysOpen, directory, scope.ServiceProvider, token);
        });
    }

    private async Task SeedAsync(
        Group group, bool lastStaysOpen, DirectorySnapshot directory, IServiceProvider services, CancellationToken cancellationToken)
    {
        var create = services.GetRequiredService<CreateSession.Handler>();
        var record = services.GetRequiredService<RecordAttendance.Handler>();
        var close = services.GetRequiredService<CloseSession.Handler>();
        var random = new SyntheticRandom(group.Id);
        var edition = directory.Edition(group.EditionId);
        var football = edition.Track == Track.Football;
        var modules = directory.Modules(edition.Id).ToArray();
        var enrollments = await services.GetRequiredService<ReadDb>().Set<Enrollment>()
            .Where(row => row.GroupId == group.Id && (row.Status == EnrollmentStatus.Active || row.Status == EnrollmentStatus.AwaitingConsent))
            .Select(row => row.Id).ToListAsync(cancellationToken);
        // A camp lies in the autumn break, some weeks after the edition has opened.
        var firstDay = edition.StartsOn.AddDays(football ? 1 + group.Id % 5 : 18);
        for (var i = 0; i < modules.Length; i++)
        {
            var day = firstDay.AddDays(football ? 7 * i : i);
            if (day > time.Today()) return;
            var made = await create.HandleAsync(
                new CreateSession.Request(
                    OpaqueId.Group(group.Id), football ? SessionKind.Training : SessionKind.Workshop, day, football ? "16:30" : "10:00",
                    modules[i].Minutes, [modules[i].Code]),
                cancellationToken);
            if (!made.Succeeded) throw new InvalidOperationException($"A demo session was refused: {made.Error.Code}.");
            var session = made.Value.Session;
            var marks = enrollments.Select(id => MarkOf(id, day, random)).ToList();
            var marked = await record.HandleAsync(session, new RecordAttendance.Request(marks), cancellationToken);
            if (!marked.Succeeded || marked.Value.Refused.Count > 0) throw new InvalidOperationException("A demo mark was refused.");
            if (lastStaysOpen && i == modules.Length - 1) return;
            await close.HandleAsync(session, evenIfNobodyMarked: true, cancellationToken);
        }
    }

    private static RecordAttendance.Mark MarkOf(int enrollmentId, DateOnly day, SyntheticRandom random) => new()
    {
        MarkId = Guid.NewGuid().ToString("D"),
        Enrollment = OpaqueId.Enrollment(enrollmentId),
        Status = random.Next(100) switch
        {
            < Present => "present",
            < Late => "late",
            < Excused => "excused",
            _ => "absent",
        },
        CapturedAt = day.ToDateTime(new TimeOnly(18, 0), DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture),
        BaseVersion = 1,
    };
}
