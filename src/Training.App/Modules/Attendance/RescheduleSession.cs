using System.ComponentModel;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Attendance.Messages;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Providers;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Common;

namespace Training.App.Modules.Attendance;

/// <summary>Puts an open session without marks at another day or hour; the families are told.</summary>
internal static class RescheduleSession
{
    internal sealed record Request(
        [property: Description("New local day; null keeps it.")] DateOnly? Date,
        [property: Description("New local start, HH:mm; null keeps it.")] string? Start,
        [property: Description("New length in minutes; null keeps it.")] int? Minutes,
        [property: Description("Why; may be left out.")] string? Reason);

    internal sealed record Response(int Version, DateOnly Date, string Start, int Minutes);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{id}/reschedule", PostAsync).WithName("RescheduleSession").WithSummary("Put a session at another day or hour.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PostAsync(string id, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(IWriteGate gate, IDatabaseProvider provider, DirectoryCatalog catalog, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string id, Request request, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            var reason = FreeText.Read(request.Reason, "reason", required: false, SessionChange.ReasonMax, faults);
            if (!faults.None) return faults.ToError();
            var key = OpaqueId.ParseSession(id) ?? 0;
            var directory = await catalog.SnapshotAsync(cancellationToken);
            try
            {
                return await gate.WriteAsync(caller.Scope, (write, token) => MoveAsync(write, key, request, reason, directory, token), cancellationToken);
            }
            catch (Exception taken) when (provider.UniqueViolation(taken) == "Sessions")
            {
                return Error.Conflict("hourTaken");
            }
        }

        private async Task<Result<Response>> MoveAsync(
            WriteSession write, int key, Request request, string? reason, DirectorySnapshot directory, CancellationToken cancellationToken)
        {
            await provider.SerializeAsync(write.Db, RecordAttendance.LockOf(key), cancellationToken);
            var session = await write.Db.Set<Session>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            if (session is null) return Error.NotFound("sessionNotFound");
            if (session.SquadId is not null) return Error.Conflict("tournamentDay");
            var before = session.Time;
            var plan = SessionPlan.Check(
                new SessionInput(
                    session.Kind, request.Date ?? before.Date, request.Start ?? before.Start.ToString("HH:mm", CultureInfo.InvariantCulture),
                    request.Minutes ?? before.Minutes, []),
                directory.Edition(session.EditionId), directory.Modules(session.EditionId));
            if (!plan.Succeeded) return plan.Error;
            if (session.Status != SessionStatus.Open) return Error.Conflict(session.Status == SessionStatus.Closed ? "sessionClosed" : "sessionCancelled");
            if (await write.Db.Set<AttendanceMark>().AnyAsync(row => row.SessionId == key, cancellationToken)) return Error.Conflict("sessionHasMarks");
            if (session.MoveTo(new SessionTime(plan.Value.Date, plan.Value.Start, plan.Value.Minutes)))
            {
                write.Rows.Insert(SessionChange.Of(session, SessionChangeKind.Rescheduled, caller.Name, time.GetUtcNow(), reason, before));
                await write.Db.SaveChangesAsync(cancellationToken);
                write.Events.Add(new SessionRescheduled(session.Id, session.Version));
            }
            return new Response(session.Version, session.Date, session.Start.ToString("HH:mm", CultureInfo.InvariantCulture), session.Minutes);
        }
    }
}
