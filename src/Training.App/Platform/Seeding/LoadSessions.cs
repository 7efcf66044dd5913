using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Commands;
using Training.Data;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;

namespace Training.App.Platform.Seeding;

/// <summary>
/// Invents past sessions for the groups that are there, and marks for their youths: five in six attend. One session in a hundred is
/// left open, and one group in fifty has held every mandatory module, so that few certificates fall due. The same data give the
/// same load.
/// </summary>
internal sealed class LoadSessions(
    IWriteGate gate, KeyAllocator keys, DbContextOptions<TrainingDbContext> options, TimeProvider time) : ILoadStep
{
    private const int MarksPerSession = 25;
    private const string EditionCode = "football-2026";
    private const int ChunkMarks = 10_000;
    private const int Seed = 20261015;

    public int Order => 20;

    public async Task RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var marks = arguments.Count("marks", otherwise: 0);
        var size = new LoadSize(arguments.Count("sessions", otherwise: (marks + MarksPerSession - 1) / MarksPerSession), marks);
        if (size.Sessions == 0) return;
        var watch = Stopwatch.StartNew();
        var (sessions, written) = await LoadAsync(size, cancellationToken);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"sessions        {watch.Elapsed.TotalSeconds,7:F2} s  {sessions} sessions with {written} marks"));
    }

    private async Task<(int Sessions, int Marks)> LoadAsync(LoadSize size, CancellationToken cancellationToken)
    {
        await using var db = new TrainingDbContext(options) { Scope = AccessScope.Whole };
        var edition = await db.Set<Edition>().AsNoTracking().SingleAsync(row => row.Code == EditionCode, cancellationToken);
        var modules = await db.Set<CurriculumModule>().AsNoTracking().Where(row => row.EditionId == edition.Id)
            .OrderBy(row => row.Position).ToArrayAsync(cancellationToken);
        var groups = await GroupsAsync(db, edition.Id, cancellationToken);
        if (groups.Count == 0) throw new CommandException("There are no enrollments to hold sessions for; add --participants.");

        var plan = new Plan(edition, modules, groups, size, await keys.ReserveAsync<Session>(size.Sessions, cancellationToken), time.Today(), time.GetUtcNow());
        var known = (await db.Set<MarkedGroup>().Select(row => new { row.GroupId, row.EnrollmentId }).ToListAsync(cancellationToken))
            .Select(row => (row.GroupId, row.EnrollmentId)).ToHashSet();
        var chunk = new Chunk([], [], [], []);
        var (sessions, marks) = (0, 0);
        foreach (var session in plan.Sessions())
        {
            session.AddTo(chunk, known);
            if (chunk.Marks.Count < ChunkMarks && chunk.Sessions.Count < ChunkMarks) continue;
            await WriteAsync(chunk, cancellationToken);
            (sessions, marks) = (sessions + chunk.Sessions.Count, marks + chunk.Marks.Count);
            chunk = new Chunk([], [], [], []);
        }
        await WriteAsync(chunk, cancellationToken);
        return (sessions + chunk.Sessions.Count, marks + chunk.Marks.Count);
    }

    private static async Task<List<(Group Group, int[] Roster)>> GroupsAsync(TrainingDbContext db, int editionId, CancellationToken cancellationToken)
    {
        var groups = await db.Set<Group>().AsNoTracking().Where(row => row.EditionId == editionId).ToDictionaryAsync(row => row.Id, cancellationToken);
        var enrollments = await db.Set<Enrollment>().AsNoTracking()
            .Where(row => row.EditionId == editionId && (row.Status == EnrollmentStatus.Active || row.Status == EnrollmentStatus.AwaitingConsent))
            .Select(row => new { row.Id, row.GroupId }).ToListAsync(cancellationToken);
        return [.. enrollments.GroupBy(row => row.GroupId, row => row.Id).OrderBy(group => group.Key)
            .Select(group => (groups[group.Key], group.Order().ToArray()))];
    }

    private async Task WriteAsync(Chunk chunk, CancellationToken cancellationToken)
    {
        if (chunk.Sessions.Count == 0) return;
        await gate.WriteBulkAsync<Done>(
            async (change, token) =>
            {
                await change.Rows.InsertAllAsync(chunk.Sessions, token);
                await change.Rows.InsertAllAsync(chunk.Modules, token);
                await change.Rows.InsertAllAsync(chunk.Marks, token);
                await change.Rows.InsertAllAsync(chunk.Groups, token);
                return new Done();
            },
            cancellationToken);
    }

    /// <summary>How much to invent.</summary>
    private sealed record LoadSize(int Sessions, int Marks);

    private sealed record Chunk(List<Session> Sessions, List<SessionModule> Modules, List<AttendanceMark> Marks, List<MarkedGroup> Groups);

    private sealed record PlannedSession(Session Session, SessionModule Module, List<AttendanceMark> Marks)
    {
        /// <param name="chunk">What is written together.</param>
        /// <param name="known">Who has a mark in a group already; those of this session are added.</param>
        public void AddTo(Chunk chunk, HashSet<(int Group, int Enrollment)> known)
        {
            chunk.Sessions.Add(Session);
            chunk.Modules.Add(Module);
            chunk.Marks.AddRange(Marks);
            foreach (var mark in Marks)
            {
                if (known.Add((Session.GroupId, mark.EnrollmentId))) chunk.Groups.Add(new MarkedGroup { GroupId = Session.GroupId, EnrollmentId = mark.EnrollmentId });
            }
        }
    }

    /// <summary>Group by group, as the keys of sessions go.</summary>
    private sealed class Plan(
        Edition edition, CurriculumModule[] modules, List<(Group Group, int[] Roster)> groups, LoadSize size, int firstKey, DateOnly today, DateTimeOffset now)
    {
        private readonly Random random = new(Seed);

        public IEnumerable<PlannedSession> Sessions()
        {
            var (made, marked) = (0, 0L);
            for (var i = 0; i < groups.Count; i++)
            {
                var until = (int)((long)size.Sessions * (i + 1) / groups.Count);
                var count = until - made;
                for (var at = 0; at < count; at++, made++)
                {
                    // What a small group could not take is made up by the next ones.
                    var wanted = (int)Math.Min(groups[i].Roster.Length, (long)size.Marks * (made + 1) / size.Sessions - marked);
                    yield return SessionOf(i, at, count, firstKey + made, wanted);
                    marked += wanted;
                }
            }
        }

        private PlannedSession SessionOf(int groupNumber, int at, int count, int key, int marks)
        {
            var (group, roster) = groups[groupNumber];
            var days = Math.Max(1, today.DayNumber - edition.StartsOn.DayNumber);
            var session = new Session
            {
                Id = key,
                GroupId = group.Id,
                SiteId = group.SiteId,
                RegionId = group.RegionId,
                EditionId = edition.Id,
                Kind = SessionKind.Training,
                Date = edition.StartsOn.AddDays((int)((long)days * at / count)),
                Start = new TimeOnly(14 + key % 5, 0),
                Minutes = 120,
                CreatedAt = now,
            };
            session.MarksChanged();
            var version = session.Version;
            if (random.Next(100) > 0) session.Close(now);
            var taught = groupNumber % 50 == 0 ? modules : Array.FindAll(modules, module => !module.Mandatory);
            var first = roster.Length == 0 ? 0 : at % roster.Length;
            return new PlannedSession(
                session,
                new SessionModule { SessionId = key, ModuleId = taught[at % taught.Length].Id },
                [.. Enumerable.Range(0, marks).Select(mark => roster[(first + mark) % roster.Length]).Order().Select(enrollment => new AttendanceMark
                {
                    SessionId = key,
                    EnrollmentId = enrollment,
                    Status = random.Next(100) switch
                    {
                        < 76 => AttendanceStatus.Present,
                        < 83 => AttendanceStatus.Late,
                        < 88 => AttendanceStatus.Excused,
                        _ => AttendanceStatus.Absent,
                    },
                    Version = version,
                })]);
        }
    }
}
