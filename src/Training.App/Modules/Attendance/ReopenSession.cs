using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Attendance.Messages;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Providers;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Common;

namespace Training.App.Modules.Attendance;

/// <summary>Opens the books of a closed session again, for a reason, as long as the edition's cut-off has not passed.</summary>
internal static class ReopenSession
{
    internal sealed record Request([property: Description("Why; kept in the session's journal.")] string? Reason);

    internal sealed record Response(int Version);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{id}/reopen", PostAsync).WithName("ReopenSession").WithSummary("Open a closed session again, before the cut-off, with a reason.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    private static async Task<IResult> PostAsync(string id, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(IWriteGate gate, IDatabaseProvider provider, AttendanceCalendar calendar, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string id, Request request, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            var reason = FreeText.Read(request.Reason, "reason", required: true, SessionChange.ReasonMax, faults);
            if (!faults.None) return faults.ToError();
            var key = OpaqueId.ParseSession(id) ?? 0;
            var days = await calendar.SnapshotAsync(cancellationToken);
            return await gate.WriteAsync(caller.Scope, (write, token) => ReopenAsync(write, key, reason, days, token), cancellationToken);
        }

        private async Task<Result<Response>> ReopenAsync(
            WriteSession write, int key, string? reason, CalendarSnapshot days, CancellationToken cancellationToken)
        {
            await provider.SerializeAsync(write.Db, RecordAttendance.LockOf(key), cancellationToken);
            var session = await write.Db.Set<Session>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            if (session is null) return Error.NotFound("sessionNotFound");
            if (days.IsLocked(session.EditionId, session.Date, time.Today())) return Error.Rule("cutOffPassed");
            if (!session.Reopen()) return Error.Conflict("sessionNotClosed");
            write.Rows.Insert(SessionChange.Of(session, SessionChangeKind.Reopened, caller.Name, time.GetUtcNow(), reason));
            await write.Db.SaveChangesAsync(cancellationToken);
            write.Events.Add(new SessionReopened(session.Id, session.Version));
            return new Response(session.Version);
        }
    }
}
