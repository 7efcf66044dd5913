using System.ComponentModel;
using System.Globalization;
using Training.App.Modules.Attendance.Messages;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Attendance;
using Training.Data.Providers;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Common;

namespace Training.App.Modules.Attendance;

/// <summary>
/// Takes the marks of a session. A repeat is a success, a contradiction is shown and never overwritten, and the good marks of a
/// request are kept whatever is wrong with the others.
/// </summary>
internal static class RecordAttendance
{
    /// <summary>Most marks in one request.</summary>
    public const int MarksMax = 1000;

    private const int EchoMax = 64;

    internal sealed record Request([property: Description("At most 1,000.")] IReadOnlyList<Mark?>? Marks);

    internal sealed record Mark(
        [property: Description("Uuid given by the client; the same id is the same mark.")] string? MarkId,
        [property: Description("Enrollment id.")] string? Enrollment,
        [property: Description("present, late, excused or absent.")] string? Status,
        [property: Description("When it was marked, ISO 8601.")] string? CapturedAt,
        [property: Description("The session's version the client last saw.")] int? BaseVersion);

    internal sealed record Response(
        int Version, IReadOnlyList<string> Accepted, IReadOnlyList<Conflict> Conflicts, IReadOnlyList<Refusal> Refused);

    internal sealed record Conflict(string MarkId, string Enrollment, AttendanceStatus Theirs, AttendanceStatus Yours);

    internal sealed record Refusal(string? MarkId, string Code, string Message);

    /// <summary>The changes of one session wait for each other under this name.</summary>
    public static string LockOf(int sessionId) => string.Create(CultureInfo.InvariantCulture, $"session:{sessionId}");

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/{id}/attendance", PutAsync).WithName("RecordAttendance")
            .WithSummary("Record marks; repeats succeed, contradictions come back as conflicts.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);

    private static async Task<IResult> PutAsync(string id, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(IWriteGate gate, IDatabaseProvider provider, Texts texts, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string id, Request request, CancellationToken cancellationToken)
        {
            if (Check(request) is { } refusal) return refusal;
            var session = OpaqueId.ParseSession(id) ?? 0;
            var read = new (MarkInput? Mark, string? Fault)[request.Marks!.Count];
            for (var i = 0; i < read.Length; i++) read[i] = Read(request.Marks[i]);

            Result<Outcome> outcome;
            try
            {
                outcome = await gate.WriteAsync(caller.Scope, (write, token) => WriteAsync(write, session, read, token), cancellationToken);
            }
            catch (Exception raced) when (provider.UniqueViolation(raced) is "MarkReceipts" or "AttendanceMarks")
            {
                // The same marks came in twice at once: the second time sees what the first one wrote.
                outcome = await gate.WriteAsync(caller.Scope, (write, token) => WriteAsync(write, session, read, token), cancellationToken);
            }
            return outcome.Map(done => Answer(request.Marks, read, done));
        }

        private async Task<Result<Outcome>> WriteAsync(
            WriteSession write, int session, (MarkInput? Mark, string? Fault)[] read, CancellationToken cancellationToken)
        {
            await provider.SerializeAsync(write.Db, LockOf(session), cancellationToken);
            var marks = new SessionMarks(write.Sql);
            var ids = read.Where(entry => entry.Mark is not null).Select(entry => entry.Mark!.MarkId).ToHashSet();
            if (await marks.ReadAsync(caller.Scope, session, ids, cancellationToken) is not { } book) return Error.NotFound("sessionNotFound");

            var (today, now) = (time.Today(), time.GetUtcNow());
            var decisions = new MarkDecision[read.Length];
            var version = book.Version;
            var changed = new List<MarkInput>();
            for (var i = 0; i < read.Length; i++)
            {
                if (read[i].Mark is not { } mark) continue;
                decisions[i] = book.Judge(mark, today, now);
                if (decisions[i].Verdict is not (MarkVerdict.First or MarkVerdict.Changed or MarkVerdict.Unchanged)) continue;
                write.Rows.Insert(Receipt(session, mark, now));
                if (decisions[i].Verdict == MarkVerdict.Unchanged) continue;
                version = book.Version + 1;
                if (decisions[i].Verdict == MarkVerdict.Changed) changed.Add(mark);
                else write.Rows.Insert(new AttendanceMark { SessionId = session, EnrollmentId = mark.EnrollmentId, Status = mark.Status, Version = version });
            }
            if (version == book.Version) return new Outcome(version, decisions);
            await marks.ChangeAsync(session, changed, version, cancellationToken);
            await marks.RaiseVersionAsync(session, version, cancellationToken);
            write.Events.Add(new AttendanceRecorded(session, version));
            return new Outcome(version, decisions);
        }

        private MarkReceipt Receipt(int session, MarkInput mark, DateTimeOffset now) => new()
        {
            MarkId = mark.MarkId,
            SessionId = session,
            EnrollmentId = mark.EnrollmentId,
            Status = mark.Status,
            CapturedAt = mark.CapturedAt,
            MarkedBy = caller.Name,
            ReceivedAt = now,
        };

        private Response Answer(IReadOnlyList<Mark?> sent, (MarkInput? Mark, string? Fault)[] read, Outcome outcome)
        {
            var accepted = new List<string>(read.Length);
            var conflicts = new List<Conflict>();
            var refused = new List<Refusal>();
            for (var i = 0; i < read.Length; i++)
            {
                var decision = outcome.Decisions[i];
                if ((read[i].Fault ?? decision.Code) is { } code) refused.Add(new Refusal(Echo(sent[i]?.MarkId), code, texts.Error(code)));
                else if (decision.Verdict == MarkVerdict.Conflict)
                    conflicts.Add(new Conflict(sent[i]!.MarkId!, sent[i]!.Enrollment!, decision.Theirs!.Value, read[i].Mark!.Status));
                else accepted.Add(sent[i]!.MarkId!);
            }
            return new Response(outcome.Version, accepted, conflicts, refused);
        }
    }

    private sealed record Outcome(int Version, MarkDecision[] Decisions);

    private static Error? Check(Request request)
    {
        var faults = new Faults();
        if (request.Marks is null) faults.Add("marks", "missing");
        else if (request.Marks.Count > MarksMax) faults.Add("marks", "tooMany", ("max", MarksMax));
        return faults.None ? null : faults.ToError();
    }

    /// <summary>Reads one mark; a fault of one does not touch the others.</summary>
    private static (MarkInput? Mark, string? Fault) Read(Mark? mark)
    {
        if (mark is null) return (null, "markMissing");
        if (!Guid.TryParseExact(mark.MarkId, "D", out var id) || id == Guid.Empty) return (null, "markIdMalformed");
        if (OpaqueId.ParseEnrollment(mark.Enrollment) is not { } enrollment) return (null, "notEnrolledHere");
        if (ReadStatus(mark.Status) is not { } status) return (null, "unknownStatus");
        if (!DateTimeOffset.TryParse(mark.CapturedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var captured))
            return (null, "capturedAtMalformed");
        if (mark.BaseVersion is not >= 0) return (null, "baseVersionMissing");
        return (new MarkInput(id, enrollment, status, captured.ToUniversalTime(), mark.BaseVersion.Value), null);
    }

    private static AttendanceStatus? ReadStatus(string? text) => text switch
    {
        "present" => AttendanceStatus.Present,
        "late" => AttendanceStatus.Late,
        "excused" => AttendanceStatus.Excused,
        "absent" => AttendanceStatus.Absent,
        _ => null,
    };

    private static string? Echo(string? markId) => markId is { Length: > EchoMax } ? markId[..EchoMax] : markId;
}
