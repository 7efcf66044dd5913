using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Training.Data.Scope;
using Training.Domain.Attendance;
using Training.Domain.Enrollments;

namespace Training.Data.Attendance;

/// <summary>
/// Reads and changes the marks of one session by plain commands, because every lesson in the country passes here. The scope filters
/// do not see plain commands: the scope is a parameter, and a session outside it does not exist.
/// </summary>
/// <param name="db">The change's context, inside its transaction.</param>
public sealed class SessionMarks(TrainingDbContext db)
{
    private const string SessionAndLines =
        """
        SELECT s."SiteId", s."RegionId", s."Status", s."Date", s."Version", e."Id", e."Status",
               CASE WHEN e."Slot" <> 0 THEN e."EndedAt" END, m."Status", m."Version"
        FROM "Sessions" AS s
        LEFT JOIN "Enrollments" AS e ON e."GroupId" = s."GroupId"
        LEFT JOIN "AttendanceMarks" AS m ON m."SessionId" = s."Id" AND m."EnrollmentId" = e."Id"
        WHERE s."Id" = @session
        """;

    private const string ChangeMark =
        """UPDATE "AttendanceMarks" SET "Status" = @status, "Version" = @version WHERE "SessionId" = @session AND "EnrollmentId" = @enrollment""";

    private const string RaiseVersion = """UPDATE "Sessions" SET "Version" = @version WHERE "Id" = @session""";

    /// <summary>The book of a session; null when it does not exist within the scope.</summary>
    /// <param name="scope">What the caller may see.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="markIds">The mark ids of the request: what was taken under them is part of the book.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SessionBook?> ReadAsync(
        AccessScope scope, int sessionId, IReadOnlyCollection<Guid> markIds, CancellationToken cancellationToken)
    {
        var taken = await ReadTakenAsync(markIds, cancellationToken);
        await using var command = Command(SessionAndLines);
        Add(command, "@session", sessionId);
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
        return new SessionBook(sessionId, status, date, version, lines, taken);
    }

    /// <summary>Changes marks that exist; new ones are inserted by the row writer.</summary>
    public async Task ChangeAsync(
        int sessionId, IReadOnlyCollection<MarkInput> marks, int version, CancellationToken cancellationToken)
    {
        if (marks.Count == 0) return;
        await using var command = Command(ChangeMark);
        var status = Add(command, "@status", 0);
        Add(command, "@version", version);
        Add(command, "@session", sessionId);
        var enrollment = Add(command, "@enrollment", 0);
        foreach (var mark in marks)
        {
            status.Value = (int)mark.Status;
            enrollment.Value = mark.EnrollmentId;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Gives the session its new version.</summary>
    public async Task RaiseVersionAsync(int sessionId, int version, CancellationToken cancellationToken)
    {
        await using var command = Command(RaiseVersion);
        Add(command, "@version", version);
        Add(command, "@session", sessionId);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<Dictionary<Guid, TakenMark>> ReadTakenAsync(IReadOnlyCollection<Guid> markIds, CancellationToken cancellationToken)
    {
        var taken = new Dictionary<Guid, TakenMark>(markIds.Count);
        if (markIds.Count == 0) return taken;
        var text = new StringBuilder("""SELECT "MarkId", "SessionId", "EnrollmentId", "Status" FROM "MarkReceipts" WHERE "MarkId" IN (""");
        await using var command = Command("");
        foreach (var id in markIds)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"@m{command.Parameters.Count}");
            text.Append(command.Parameters.Count == 0 ? "" : ", ").Append(name);
            Add(command, name, id);
        }
        command.CommandText = text.Append(')').ToString();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            taken.Add(reader.GetGuid(0), new TakenMark(reader.GetInt32(1), reader.GetInt32(2), (AttendanceStatus)reader.GetByte(3)));
        return taken;
    }

    private DbCommand Command(string text)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = text;
        return command;
    }

    private static DbParameter Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
        return parameter;
    }
}
