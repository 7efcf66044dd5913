using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Enrollments;

namespace Training.Data.Attendance;

/// <summary>
/// Reads and changes the marks of one session by plain commands, because every lesson in the country passes here. The scope filters
/// do not see plain commands: the scope is a parameter, and a session outside it does not exist.
/// </summary>
/// <param name="sql">Statements on the change's transaction.</param>
public sealed class SessionMarks(IStatements sql)
{
    private const int UsualGroup = 32;

    private const string SessionAndLines =
        """
        SELECT s."SiteId", s."RegionId", s."Status", s."Date", s."Version", s."EditionId", e."Id", e."Status",
               CASE WHEN e."Slot" <> 0 THEN e."EndedAt" END, m."Status", m."Version",
               s."SquadId", s."HostSiteId", s."GroupId"
        FROM "Sessions" AS s
        LEFT JOIN "Enrollments" AS e ON e."GroupId" = s."GroupId" AND s."SquadId" IS NULL
        LEFT JOIN "AttendanceMarks" AS m ON m."SessionId" = s."Id" AND m."EnrollmentId" = e."Id"
        WHERE s."Id" = @p0
        """;

    /// <summary>The lines of a squad's day at a tournament.</summary>
    private const string SquadLines =
        """
        SELECT e."Id", e."Status", CASE WHEN e."Slot" <> 0 THEN e."EndedAt" END, m."Status", m."Version"
        FROM "SquadPlayers" AS p
        JOIN "Enrollments" AS e ON e."Id" = p."EnrollmentId"
        LEFT JOIN "AttendanceMarks" AS m ON m."SessionId" = @p1 AND m."EnrollmentId" = e."Id"
        WHERE p."SquadId" = @p0
        """;

    /// <summary>A child who is in another group by now: it belongs to this book when it once was in its group.</summary>
    private const string Moved =
        """
        SELECT m."Status", m."Version" FROM "EnrollmentChanges" AS c
        JOIN "Sessions" AS s ON s."GroupId" = c."FromGroupId"
        LEFT JOIN "AttendanceMarks" AS m ON m."SessionId" = s."Id" AND m."EnrollmentId" = c."EnrollmentId"
        WHERE c."EnrollmentId" = @p0 AND s."Id" = @p1
        """;

    private const string Batches = """SELECT "Number", "Marks" FROM "MarkBatches" WHERE "SessionId" = @p0""";

    private const string ChangeMark =
        """UPDATE "AttendanceMarks" SET "Status" = @p0, "Version" = @p1 WHERE "SessionId" = @p2 AND "EnrollmentId" = @p3""";

    private const string RaiseVersionOf = """UPDATE "Sessions" SET "Version" = @p0 WHERE "Id" = @p1""";

    /// <summary>A session's book, and where its ledger goes on.</summary>
    /// <param name="Book">The book.</param>
    /// <param name="NextBatch">Number of the next batch.</param>
    /// <param name="GroupId">The session's group.</param>
    public sealed record Opened(SessionBook Book, int NextBatch, int GroupId);

    /// <summary>The book of a session; null when it does not exist within the scope.</summary>
    /// <param name="scope">What the caller may see.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="enrollments">The enrollments of the request: one that is not in the group may have been.</param>
    /// <param name="hasCutOff">Whether the cut-off of an edition's day has passed.</param>
    public Opened? Read(AccessScope scope, int sessionId, IEnumerable<int> enrollments, Func<int, DateOnly, bool> hasCutOff)
    {
        using var rows = sql.Query(SessionAndLines, sessionId);
        if (!rows.Next() || !Covers(scope, rows)) return null;

        var status = (SessionStatus)rows.Number(2);
        var date = rows.Date(3);
        var version = rows.Number(4);
        var locked = hasCutOff(rows.Number(5), date);
        var group = rows.Number(13);
        var lines = rows.IsNull(11) ? GroupOf(rows, sessionId, enrollments) : SquadOf(rows.Number(11), sessionId);
        var (taken, next) = ReadLedger(sessionId);
        return new Opened(new SessionBook(status, date, version, lines, taken, locked), next, group);
    }

    /// <summary>Changes marks that exist; new ones are inserted by the row writer.</summary>
    public void Change(int sessionId, IReadOnlyCollection<MarkInput> marks, int version)
    {
        foreach (var mark in marks) sql.Execute(ChangeMark, (int)mark.Status, version, sessionId, mark.EnrollmentId);
    }

    /// <summary>Gives the session its new version.</summary>
    public void RaiseVersion(int sessionId, int version) => sql.Execute(RaiseVersionOf, version, sessionId);

    /// <summary>A squad's day is open to its host's people too, host and squad being of one region; a group's own day also to its assistants.</summary>
    private static bool Covers(AccessScope scope, StatementRows rows) =>
        scope.Covers(rows.Number(0), rows.Number(1)) || (rows.IsNull(11) && scope.CoversGroup(rows.Number(13), rows.Number(0), rows.Number(1)))
        || (!rows.IsNull(12) && scope.Covers(rows.Number(12), rows.Number(1)));

    private Dictionary<int, BookLine> GroupOf(StatementRows rows, int sessionId, IEnumerable<int> enrollments)
    {
        var lines = new Dictionary<int, BookLine>(UsualGroup);
        do
        {
            if (rows.IsNull(6)) break;
            lines.Add(rows.Number(6), LineOf(rows, first: 7));
        }
        while (rows.Next());
        foreach (var enrollment in enrollments)
        {
            if (!lines.ContainsKey(enrollment) && MovedLine(sessionId, enrollment) is { } line) lines.Add(enrollment, line);
        }
        return lines;
    }

    private Dictionary<int, BookLine> SquadOf(int squadId, int sessionId)
    {
        var lines = new Dictionary<int, BookLine>(UsualGroup);
        using var players = sql.Query(SquadLines, squadId, sessionId);
        while (players.Next()) lines.Add(players.Number(0), LineOf(players, first: 1));
        return lines;
    }

    private BookLine? MovedLine(int sessionId, int enrollment)
    {
        using var rows = sql.Query(Moved, enrollment, sessionId);
        if (!rows.Next()) return null;
        return new BookLine(
            EnrollmentStatus.Active, EndedOn: null, rows.IsNull(0) ? null : (AttendanceStatus)rows.Number(0), rows.IsNull(1) ? 0 : rows.Number(1), Moved: true);
    }

    private static BookLine LineOf(StatementRows rows, int first) => new(
        (EnrollmentStatus)rows.Number(first), rows.IsNull(first + 1) ? null : rows.Date(first + 1),
        rows.IsNull(first + 2) ? null : (AttendanceStatus)rows.Number(first + 2), rows.IsNull(first + 3) ? 0 : rows.Number(first + 3));

    /// <summary>What was taken in this session, by mark id. A session has few requests: the whole ledger of it is read.</summary>
    private (Dictionary<Guid, TakenMark> Taken, int Next) ReadLedger(int sessionId)
    {
        var taken = new Dictionary<Guid, TakenMark>(UsualGroup);
        var last = 0;
        using var rows = sql.Query(Batches, sessionId);
        while (rows.Next())
        {
            last = Math.Max(last, rows.Number(0));
            MarkList.Read(rows.Bytes(1), taken);
        }
        return (taken, last + 1);
    }
}
