using System.Data.Common;
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
    private const string SessionAndLines =
        """
        SELECT s."SiteId", s."RegionId", s."Status", s."Date", s."Version", s."EditionId", e."Id", e."Status",
               CASE WHEN e."Slot" <> 0 THEN e."EndedAt" END, m."Status", m."Version"
        FROM "Sessions" AS s
        LEFT JOIN "Enrollments" AS e ON e."GroupId" = s."GroupId"
        LEFT JOIN "AttendanceMarks" AS m ON m."SessionId" = s."Id" AND m."EnrollmentId" = e."Id"
        WHERE s."Id" = @p0
        """;

    private const string Batches = """SELECT "Number", "Marks" FROM "MarkBatches" WHERE "SessionId" = @p0""";

    private const string ChangeMark =
        """UPDATE "AttendanceMarks" SET "Status" = @p0, "Version" = @p1 WHERE "SessionId" = @p2 AND "EnrollmentId" = @p3""";

    private const string RaiseVersion = """UPDATE "Sessions" SET "Version" = @p0 WHERE "Id" = @p1""";

    /// <summary>A session's book, and where its ledger goes on.</summary>
    /// <param name="Book">The book.</param>
    /// <param name="NextBatch">Number of the next batch.</param>
    public sealed record Opened(SessionBook Book, int NextBatch);

    /// <summary>The book of a session; null when it does not exist within the scope.</summary>
    /// <param name="scope">What the caller may see.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="hasCutOff">Whether the cut-off of an edition's day has passed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Opened?> ReadAsync(
        AccessScope scope, int sessionId, Func<int, DateOnly, bool> hasCutOff, CancellationToken cancellationToken)
    {
        var (taken, next) = await ReadLedgerAsync(sessionId, cancellationToken);
        var command = sql.Get(SessionAndLines, sessionId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken) || !scope.Covers(reader.GetInt32(0), reader.GetInt32(1))) return null;

        var status = (SessionStatus)reader.GetByte(2);
        var date = reader.GetFieldValue<DateOnly>(3);
        var version = reader.GetInt32(4);
        var locked = hasCutOff(reader.GetInt32(5), date);
        var lines = new Dictionary<int, BookLine>();
        do
        {
            if (reader.IsDBNull(6)) break;
            lines.Add(reader.GetInt32(6), LineOf(reader));
        }
        while (await reader.ReadAsync(cancellationToken));
        return new Opened(new SessionBook(status, date, version, lines, taken, locked), next);
    }

    /// <summary>Changes marks that exist; new ones are inserted by the row writer.</summary>
    public async Task ChangeAsync(
        int sessionId, IReadOnlyCollection<MarkInput> marks, int version, CancellationToken cancellationToken)
    {
        foreach (var mark in marks)
            await sql.Get(ChangeMark, (int)mark.Status, version, sessionId, mark.EnrollmentId).ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Gives the session its new version.</summary>
    public Task RaiseVersionAsync(int sessionId, int version, CancellationToken cancellationToken) =>
        sql.Get(RaiseVersion, version, sessionId).ExecuteNonQueryAsync(cancellationToken);

    private static BookLine LineOf(DbDataReader reader) => new(
        (EnrollmentStatus)reader.GetByte(7),
        reader.IsDBNull(8) ? null : new DateTimeOffset(DateTime.SpecifyKind(reader.GetDateTime(8), DateTimeKind.Utc)),
        reader.IsDBNull(9) ? null : (AttendanceStatus)reader.GetByte(9),
        reader.IsDBNull(10) ? 0 : reader.GetInt32(10));

    /// <summary>What was taken in this session, by mark id. A session has few requests: the whole ledger of it is read.</summary>
    private async Task<(Dictionary<Guid, TakenMark> Taken, int Next)> ReadLedgerAsync(int sessionId, CancellationToken cancellationToken)
    {
        var taken = new Dictionary<Guid, TakenMark>();
        var last = 0;
        await using var reader = await sql.Get(Batches, sessionId).ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            last = Math.Max(last, reader.GetInt32(0));
            if (!reader.IsDBNull(1)) MarkList.Read(reader.GetFieldValue<byte[]>(1), taken);
        }
        return (taken, last + 1);
    }
}
