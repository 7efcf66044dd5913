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
    /// <summary>Mark ids looked up in one statement; a last handful is filled up, so that one prepared text serves all.</summary>
    private const int IdsAtOnce = 25;

    private static readonly string Taken =
        """SELECT "MarkId", "EnrollmentId", "Status" FROM "MarkReceipts" WHERE "SessionId" = @p0 AND "MarkId" IN ("""
        + string.Join(", ", Enumerable.Range(1, IdsAtOnce).Select(i => $"@p{i}")) + ")";

    private const string SessionAndLines =
        """
        SELECT s."SiteId", s."RegionId", s."Status", s."Date", s."Version", e."Id", e."Status",
               CASE WHEN e."Slot" <> 0 THEN e."EndedAt" END, m."Status", m."Version"
        FROM "Sessions" AS s
        LEFT JOIN "Enrollments" AS e ON e."GroupId" = s."GroupId"
        LEFT JOIN "AttendanceMarks" AS m ON m."SessionId" = s."Id" AND m."EnrollmentId" = e."Id"
        WHERE s."Id" = @p0
        """;

    private const string ChangeMark =
        """UPDATE "AttendanceMarks" SET "Status" = @p0, "Version" = @p1 WHERE "SessionId" = @p2 AND "EnrollmentId" = @p3""";

    private const string RaiseVersion = """UPDATE "Sessions" SET "Version" = @p0 WHERE "Id" = @p1""";

    /// <summary>The book of a session; null when it does not exist within the scope.</summary>
    /// <param name="scope">What the caller may see.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="markIds">The mark ids of the request: what was taken under them is part of the book.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SessionBook?> ReadAsync(
        AccessScope scope, int sessionId, IReadOnlyCollection<Guid> markIds, CancellationToken cancellationToken)
    {
        var taken = await ReadTakenAsync(sessionId, markIds, cancellationToken);
        var command = sql.Get(SessionAndLines, sessionId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken) || !scope.Covers(reader.GetInt32(0), reader.GetInt32(1))) return null;

        var status = (SessionStatus)reader.GetByte(2);
        var date = reader.GetFieldValue<DateOnly>(3);
        var version = reader.GetInt32(4);
        var lines = new Dictionary<int, BookLine>();
        do
        {
            if (await reader.IsDBNullAsync(5, cancellationToken)) break;
            lines.Add(reader.GetInt32(5), new BookLine(
                (EnrollmentStatus)reader.GetByte(6),
                reader.IsDBNull(7) ? null : new DateTimeOffset(DateTime.SpecifyKind(reader.GetDateTime(7), DateTimeKind.Utc)),
                reader.IsDBNull(8) ? null : (AttendanceStatus)reader.GetByte(8),
                reader.IsDBNull(9) ? 0 : reader.GetInt32(9)));
        }
        while (await reader.ReadAsync(cancellationToken));
        return new SessionBook(status, date, version, lines, taken);
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

    private async Task<Dictionary<Guid, TakenMark>> ReadTakenAsync(
        int sessionId, IReadOnlyCollection<Guid> markIds, CancellationToken cancellationToken)
    {
        var taken = new Dictionary<Guid, TakenMark>(markIds.Count);
        foreach (var ids in markIds.Chunk(IdsAtOnce))
        {
            var values = new object?[IdsAtOnce + 1];
            values[0] = sessionId;
            for (var i = 0; i < IdsAtOnce; i++) values[i + 1] = i < ids.Length ? ids[i].ToByteArray() : values[i];
            await using var reader = await sql.Get(Taken, values).ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                taken.Add(new Guid(reader.GetFieldValue<byte[]>(0)), new TakenMark(reader.GetInt32(1), (AttendanceStatus)reader.GetByte(2)));
        }
        return taken;
    }
}
