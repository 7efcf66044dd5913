using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
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
/// A person decides on a mark that waits: what stands stays, or the other mark is put in. After the cut-off, and for a late edit,
/// that takes a second person of higher scope and a reason.
/// </summary>
internal static class DecideHeldMark
{
    internal sealed record Request(
        [property: Description("theirs: what stands stays; yours: the waiting mark is put in.")] string? Keep,
        [property: Description("Why; needed once the session is closed.")] string? Reason);

    internal sealed record Response(int Version, AttendanceStatus? Status);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{id}/conflicts/{markId}", PostAsync).WithName("DecideConflict").WithSummary("Decide on a mark that waits for a person.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PostAsync(
        string id, string markId, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, markId, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(IWriteGate gate, IDatabaseProvider provider, AttendanceCalendar calendar, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string id, string markId, Request request, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            HoldDecision? decision = request.Keep switch { "theirs" => HoldDecision.KeepStanding, "yours" => HoldDecision.PutMark, _ => null };
            if (decision is null) faults.Add("keep", request.Keep is null ? "missing" : "unknownValue");
            var reason = FreeText.Read(request.Reason, "reason", required: false, MarkChange.ReasonMax, faults);
            if (!faults.None) return faults.ToError();
            if (!Guid.TryParseExact(markId, "D", out var mark)) return Error.NotFound("conflictNotFound");
            var key = OpaqueId.ParseSession(id) ?? 0;
            var days = await calendar.SnapshotAsync(cancellationToken);
            return await gate.WriteAsync(
                caller.Scope, (write, token) => DecideAsync(write, key, mark, decision!.Value, reason, days, token), cancellationToken);
        }

        private async Task<Result<Response>> DecideAsync(
            WriteSession write, int key, Guid markId, HoldDecision decision, string? reason, CalendarSnapshot days, CancellationToken cancellationToken)
        {
            await provider.SerializeAsync(write.Db, RecordAttendance.LockOf(key), cancellationToken);
            var session = await write.Db.Set<Session>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            var held = await write.Db.Set<HeldMark>().SingleOrDefaultAsync(row => row.SessionId == key && row.MarkId == markId, cancellationToken);
            if (session is null || held is null) return Error.NotFound("conflictNotFound");
            var rule = new DecisionRule(session.Status, days.IsLocked(session.EditionId, session.Date, time.Today()));
            if (rule.Refuse(held, decision, caller.Name, Coordinates(caller, session.SiteId, session.RegionId, session.HostSiteId), reason) is { } refusal) return ErrorOf(refusal);

            // The session is the caller's; the child may have gone to another site, and its mark stays on this sheet.
            var mark = await write.Db.Set<AttendanceMark>().IgnoreQueryFilters().SingleOrDefaultAsync(
                row => row.SessionId == key && row.EnrollmentId == held.EnrollmentId, cancellationToken);
            held.Decide(decision, caller.Name, time.GetUtcNow(), reason);
            var put = decision == HoldDecision.PutMark && mark?.Status != held.Status;
            if (put) Put(write, session, held, mark, reason);
            if (put && mark is null) await MarksByEnrollment.NoteAsync(write, provider, session.GroupId, [held.EnrollmentId], cancellationToken);
            await write.Db.SaveChangesAsync(cancellationToken);
            if (put) write.Events.Add(new AttendanceRecorded(session.Id, session.Version));
            if (put && session.Status == SessionStatus.Closed) write.Events.Add(new AttendanceCorrected(session.Id, session.Version));
            return new Response(session.Version, decision == HoldDecision.PutMark ? held.Status : mark?.Status);
        }

        private void Put(WriteSession write, Session session, HeldMark held, AttendanceMark? mark, string? reason)
        {
            var before = mark?.Status;
            session.MarksChanged();
            if (mark is null)
            {
                write.Db.Add(new AttendanceMark { SessionId = session.Id, EnrollmentId = held.EnrollmentId, Status = held.Status, Version = session.Version });
            }
            else
            {
                (mark.Status, mark.Version) = (held.Status, session.Version);
            }
            write.Rows.Insert(new MarkChange
            {
                SessionId = session.Id,
                EnrollmentId = held.EnrollmentId,
                Version = session.Version,
                Before = before,
                After = held.Status,
                Why = held.Why switch
                {
                    HoldReason.Contradiction => MarkChangeReason.ConflictSettled,
                    HoldReason.LateEdit or HoldReason.CutOffPassed => MarkChangeReason.LateEdit,
                    _ => MarkChangeReason.AfterClose,
                },
                By = held.SentBy,
                DecidedBy = caller.Name,
                At = time.GetUtcNow(),
                Reason = reason ?? held.Reason,
            });
        }
    }

    /// <summary>
    /// True for whoever coordinates the site of a session, or the host's of a squad's day: a club's machine decides no more than its coaches do,
    /// and a coordinator no more than them where another role than that opens the sheet.
    /// </summary>
    public static bool Coordinates(Caller caller, int siteId, int regionId, int? hostId = null) =>
        caller.Coordinated.Covers(siteId, regionId) || (hostId is { } host && caller.Coordinated.Sites.Contains(host));

    private static Error ErrorOf(string code)
    {
        if (code is "higherScopeNeeded" or "secondPersonNeeded") return Error.Of(ErrorKind.Forbidden, code);
        if (code != "reasonRequired") return Error.Conflict(code);
        var faults = new Faults();
        faults.Add("reason", "missing");
        return faults.ToError();
    }
}
