using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Providers;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Attendance;

/// <summary>Asks for a change of a mark after the cut-off, with a reason: a second person of higher scope decides.</summary>
internal static class RequestLateEdit
{
    internal sealed record Request(
        [property: Description("Enrollment id.")] string? Enrollment,
        [property: Description("present, late, excused or absent.")] string? Status,
        [property: Description("Why; shown to whoever decides.")] string? Reason);

    internal sealed record Response(string MarkId);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{id}/late-edits", PostAsync).WithName("RequestLateEdit").WithSummary("Ask for a change of a mark after the cut-off.")
            .Produces<Response>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PostAsync(string id, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, request, cancellationToken)).ToHttp(
            texts, response => TypedResults.Created($"/api/sessions/conflicts?session={id}", response));

    internal sealed class Handler(
        IWriteGate gate, IDatabaseProvider provider, AttendanceCalendar calendar, Idempotency idempotency, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string id, Request request, CancellationToken cancellationToken)
        {
            if (idempotency.TryReplay<Response>(out var earlier)) return earlier;
            var faults = new Faults();
            var status = RecordAttendance.ReadStatus(request.Status);
            if (status is null) faults.Add("status", request.Status is null ? "missing" : "unknownStatus");
            var reason = FreeText.Read(request.Reason, "reason", required: true, MarkChange.ReasonMax, faults);
            if (!faults.None) return faults.ToError();
            var wanted = new Wanted(OpaqueId.ParseSession(id) ?? 0, OpaqueId.ParseEnrollment(request.Enrollment) ?? 0, status!.Value, reason!);
            var days = await calendar.SnapshotAsync(cancellationToken);
            return await gate.WriteAsync(
                caller.Scope, (write, token) => idempotency.OnceAsync(write, () => AskAsync(write, wanted, days, token), token), cancellationToken);
        }

        private async Task<Result<Response>> AskAsync(WriteSession write, Wanted wanted, CalendarSnapshot days, CancellationToken cancellationToken)
        {
            await provider.SerializeAsync(write.Db, RecordAttendance.LockOf(wanted.SessionId), cancellationToken);
            var session = await write.Db.Set<Session>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == wanted.SessionId, cancellationToken);
            if (session is null) return Error.NotFound("sessionNotFound");
            if (session.Status == SessionStatus.Cancelled) return Error.Conflict("sessionCancelled");
            if (!days.IsLocked(session.EditionId, session.Date, time.Today())) return Error.Conflict("cutOffNotPassed");
            var standing = await write.Db.Set<AttendanceMark>().IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(
                row => row.SessionId == session.Id && row.EnrollmentId == wanted.EnrollmentId, cancellationToken);
            var belongs = standing is not null || (session.SquadId is { } squad
                ? await write.Db.Set<SquadPlayer>().AnyAsync(row => row.SquadId == squad && row.EnrollmentId == wanted.EnrollmentId, cancellationToken)
                : await write.Db.Set<Enrollment>().AnyAsync(
                    row => row.Id == wanted.EnrollmentId && row.GroupId == session.GroupId && row.Status != EnrollmentStatus.Waitlisted, cancellationToken));
            if (!belongs) return Error.NotFound("notEnrolledHere");
            if (standing?.Status == wanted.Status) return Error.Conflict("markStandsAlready");
            var asked = await write.Db.Set<HeldMark>().AnyAsync(
                row => row.SessionId == session.Id && row.EnrollmentId == wanted.EnrollmentId && row.Why == HoldReason.LateEdit && row.DecidedAt == null,
                cancellationToken);
            if (asked) return Error.Conflict("lateEditWaits");

            var now = time.GetUtcNow();
            var held = new HeldMark
            {
                SessionId = session.Id,
                MarkId = Guid.NewGuid(),
                EnrollmentId = wanted.EnrollmentId,
                Status = wanted.Status,
                Standing = standing?.Status,
                Why = HoldReason.LateEdit,
                CapturedAt = now,
                SentBy = caller.Name,
                ReceivedAt = now,
                Reason = wanted.Reason,
            };
            write.Rows.Insert(held);
            return new Response(held.MarkId.ToString("D"));
        }
    }

    private sealed record Wanted(int SessionId, int EnrollmentId, AttendanceStatus Status, string Reason);
}
