using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Attendance.Messages;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Providers;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Common;

namespace Training.App.Modules.Attendance;

/// <summary>Calls a session off, for a reason. One with marks took place, and is not called off any more.</summary>
internal static class CancelSession
{
    internal sealed record Request([property: Description("Why; kept in the session's journal.")] string? Reason);

    internal sealed record Response(int Version);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{id}/cancel", PostAsync).WithName("CancelSession").WithSummary("Call a session off, with a reason.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PostAsync(string id, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(IWriteGate gate, IDatabaseProvider provider, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string id, Request request, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            var reason = FreeText.Read(request.Reason, "reason", required: true, SessionChange.ReasonMax, faults);
            if (!faults.None) return faults.ToError();
            var key = OpaqueId.ParseSession(id) ?? 0;
            return await gate.WriteAsync(caller.Scope, (write, token) => CancelAsync(write, key, reason, token), cancellationToken);
        }

        private async Task<Result<Response>> CancelAsync(WriteSession write, int key, string? reason, CancellationToken cancellationToken)
        {
            await provider.SerializeAsync(write.Db, RecordAttendance.LockOf(key), cancellationToken);
            var session = await write.Db.Set<Session>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            if (session is null) return Error.NotFound("sessionNotFound");
            if (session.SquadId is not null) return Error.Conflict("tournamentDay");
            if (session.Status == SessionStatus.Cancelled) return new Response(session.Version);
            if (await write.Db.Set<AttendanceMark>().AnyAsync(row => row.SessionId == key, cancellationToken)) return Error.Conflict("sessionHasMarks");
            if (!session.Cancel()) return Error.Conflict("sessionClosed");
            write.Rows.Insert(SessionChange.Of(session, SessionChangeKind.Cancelled, caller.Name, time.GetUtcNow(), reason));
            await write.Db.SaveChangesAsync(cancellationToken);
            write.Events.Add(new SessionCancelled(session.Id, session.Version));
            return new Response(session.Version);
        }
    }
}
