using System.ComponentModel;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Attendance.Messages;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Telemetry;
using Training.Data.Attendance;
using Training.Data.Providers;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Common;

namespace Training.App.Modules.Attendance;

/// <summary>
/// Takes the marks of a session. A repeat is a success; a contradiction, or a mark that comes after the close, is shown, kept for
/// a person and never overwrites; the good marks of a request are kept whatever is wrong with the others.
/// </summary>
internal static class RecordAttendance
{
    /// <summary>Most marks that one request brings in; what lies beyond is refused mark by mark.</summary>
    public const int MarksMax = 1000;

    /// <summary>Most marks in one request at all.</summary>
    public const int RequestMax = 20_000;

    private const int EchoMax = 64;

    internal sealed record Request([property: Description("At most 1,000 are taken.")] IReadOnlyList<Mark?>? Marks);

    // Properties and not constructor parameters: of more than four the reader of JSON boxes every one.
    internal sealed record Mark
    {
        [Description("Uuid given by the client; the same id is the same mark.")]
        public string? MarkId { get; init; }

        [Description("Enrollment id.")]
        public string? Enrollment { get; init; }

        [Description("present, late, excused or absent.")]
        public string? Status { get; init; }

        [Description("When it was marked, ISO 8601.")]
        public string? CapturedAt { get; init; }

        [Description("The session's version the client last saw.")]
        public int? BaseVersion { get; init; }
    }

    internal sealed record Response(
        int Version, IReadOnlyList<string> Accepted, IReadOnlyList<Conflict> Conflicts, IReadOnlyList<Refusal> Refused);

    /// <summary>Two people say otherwise of one child. Who made the mark that stands, and when, is null when not known any more.</summary>
    internal sealed record Conflict(
        string MarkId, string Enrollment, AttendanceStatus Theirs, AttendanceStatus Yours, string? TheirsBy, DateTimeOffset? TheirsAt);

    /// <summary>A mark that was not taken; kept when it was not thrown away either, and a person will decide on it.</summary>
    internal sealed record Refusal(string? MarkId, string Code, string Message, bool Kept);

    /// <summary>The changes of one session wait for each other under this name.</summary>
    public static string LockOf(int sessionId) => string.Create(CultureInfo.InvariantCulture, $"session:{sessionId}");

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/{id}/attendance", PutAsync).WithName("RecordAttendance")
            .WithSummary("Record marks; repeats succeed, contradictions come back as conflicts and are kept until a person decides.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);

    private static async Task<IResult> PutAsync(string id, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(
        IWriteGate gate, IDatabaseProvider provider, AttendanceCalendar calendar, MarkAuthors authors, Texts texts, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string id, Request request, CancellationToken cancellationToken)
        {
            if (Check(request) is { } refusal) return refusal;
            var session = OpaqueId.ParseSession(id) ?? 0;
            var read = new (MarkInput? Mark, string? Fault)[request.Marks!.Count];
            for (var i = 0; i < read.Length; i++) read[i] = i < MarksMax ? Read(request.Marks[i]) : (null, "tooManyMarks");

            var days = await calendar.SnapshotAsync(cancellationToken);
            Task<Result<Outcome>> Once() =>
                gate.WriteAsync(caller.Scope, (write, token) => WriteAsync(write, session, read, days, token), cancellationToken);
            Result<Outcome> outcome;
            try
            {
                outcome = await Once();
            }
            catch (Exception raced) when (provider.UniqueViolation(raced) is "MarkBatches" or "AttendanceMarks" or "HeldMarks")
            {
                // The same marks came in twice at once: the second time sees what the first one wrote.
                outcome = await Once();
            }
            if (!outcome.Succeeded) return outcome.Error;
            return await AnswerAsync(session, request.Marks, read, outcome.Value, cancellationToken);
        }

        private async Task<Result<Outcome>> WriteAsync(
            WriteSession write, int session, (MarkInput? Mark, string? Fault)[] read, CalendarSnapshot days, CancellationToken cancellationToken)
        {
            await provider.SerializeAsync(write.Db, LockOf(session), cancellationToken);
            var marks = new SessionMarks(write.Sql);
            var (today, now) = (time.Today(), time.GetUtcNow());
            var children = read.Select(entry => entry.Mark?.EnrollmentId).OfType<int>();
            if (marks.Read(caller.Scope, session, children, (edition, day) => days.IsLocked(edition, day, today)) is not var (book, batch, group))
                return Error.NotFound("sessionNotFound");

            var decisions = new MarkDecision[read.Length];
            var version = book.Version;
            var (taken, first, changed) = (new List<MarkInput>(read.Length), new List<int>(read.Length), new List<MarkInput>());
            for (var i = 0; i < read.Length; i++)
            {
                if (read[i].Mark is not { } mark) continue;
                decisions[i] = book.Judge(mark, today, now);
                if (decisions[i].Hold is { } why) decisions[i] = await HoldAsync(write, session, mark, decisions[i], why, now, cancellationToken);
                if (decisions[i].Verdict is not (MarkVerdict.First or MarkVerdict.Changed or MarkVerdict.Unchanged)) continue;
                taken.Add(mark);
                if (decisions[i].Verdict == MarkVerdict.Unchanged) continue;
                version = book.Version + 1;
                if (decisions[i].Verdict == MarkVerdict.First)
                {
                    write.Rows.Insert(new AttendanceMark { SessionId = session, EnrollmentId = mark.EnrollmentId, Status = mark.Status, Version = version });
                    first.Add(mark.EnrollmentId);
                    continue;
                }
                changed.Add(mark);
                write.Rows.Insert(Remarked(session, mark, decisions[i].Theirs, version, now));
            }
            if (taken.Count > 0)
                write.Rows.Insert(new MarkBatch { SessionId = session, Number = batch, Version = version, By = caller.Name, ReceivedAt = now, Marks = MarkList.Write(taken) });
            if (version == book.Version) return new Outcome(version, decisions);
            if (first.Count > 0) await MarksByEnrollment.NoteAsync(write, provider, group, first, cancellationToken);
            marks.Change(session, changed, version);
            marks.RaiseVersion(session, version);
            write.Events.Add(new AttendanceRecorded(session, version));
            return new Outcome(version, decisions);
        }

        /// <summary>Keeps a mark for a person, once; one that a person has decided on is done with.</summary>
        private async Task<MarkDecision> HoldAsync(
            WriteSession write, int session, MarkInput mark, MarkDecision decision, HoldReason why, DateTimeOffset now, CancellationToken cancellationToken)
        {
            var known = await write.Db.Set<HeldMark>().AsNoTracking()
                .SingleOrDefaultAsync(row => row.SessionId == session && row.MarkId == mark.MarkId, cancellationToken);
            if (known is not null)
            {
                if (known.EnrollmentId != mark.EnrollmentId || known.Status != mark.Status) return new MarkDecision(MarkVerdict.Refused, Code: "markIdReused");
                return known.DecidedAt is null ? decision : new MarkDecision(MarkVerdict.Repeated);
            }
            write.Rows.Insert(new HeldMark
            {
                SessionId = session,
                MarkId = mark.MarkId,
                EnrollmentId = mark.EnrollmentId,
                Status = mark.Status,
                Standing = decision.Theirs,
                Why = why,
                CapturedAt = mark.CapturedAt,
                SentBy = caller.Name,
                ReceivedAt = now,
            });
            return decision;
        }

        private MarkChange Remarked(int session, MarkInput mark, AttendanceStatus? before, int version, DateTimeOffset now) => new()
        {
            SessionId = session,
            EnrollmentId = mark.EnrollmentId,
            Version = version,
            Before = before,
            After = mark.Status,
            Why = MarkChangeReason.Remarked,
            By = caller.Name,
            At = now,
        };

        private async Task<Response> AnswerAsync(
            int session, IReadOnlyList<Mark?> sent, (MarkInput? Mark, string? Fault)[] read, Outcome outcome, CancellationToken cancellationToken)
        {
            var accepted = new List<string>(read.Length);
            var conflicts = new List<Conflict>();
            var refused = new List<Refusal>();
            for (var i = 0; i < read.Length; i++)
            {
                var decision = outcome.Decisions[i];
                if ((read[i].Fault ?? decision.Code) is { } code)
                {
                    refused.Add(new Refusal(Echo(sent[i]?.MarkId), code, texts.Error(code), decision.Verdict == MarkVerdict.Held));
                }
                else if (decision.Verdict == MarkVerdict.Conflict)
                {
                    var theirs = await authors.OfMarkAsync(session, read[i].Mark!.EnrollmentId, cancellationToken);
                    conflicts.Add(new Conflict(
                        sent[i]!.MarkId!, sent[i]!.Enrollment!, decision.Theirs!.Value, read[i].Mark!.Status, theirs?.Name, theirs?.At));
                }
                else
                {
                    accepted.Add(sent[i]!.MarkId!);
                }
            }
            if (conflicts.Count > 0) Measures.SyncConflicts.Add(conflicts.Count);
            return new Response(outcome.Version, accepted, conflicts, refused);
        }
    }

    private sealed record Outcome(int Version, MarkDecision[] Decisions);

    private static Error? Check(Request request)
    {
        var faults = new Faults();
        if (request.Marks is null) faults.Add("marks", "missing");
        else if (request.Marks.Count > RequestMax) faults.Add("marks", "tooMany", ("max", RequestMax));
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

    /// <summary>A mark as the API writes it; null when it is none.</summary>
    public static AttendanceStatus? ReadStatus(string? text) => text switch
    {
        "present" => AttendanceStatus.Present,
        "late" => AttendanceStatus.Late,
        "excused" => AttendanceStatus.Excused,
        "absent" => AttendanceStatus.Absent,
        _ => null,
    };

    private static string? Echo(string? markId) => markId is { Length: > EchoMax } ? markId[..EchoMax] : markId;
}
