using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Attendance.Messages;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Providers;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Common;

namespace Training.App.Modules.Attendance;

/// <summary>
/// Takes a move of hours back. A session that was held, cancelled or moved by hand since stays as it is, and is counted; so does
/// one that is not the caller's.
/// </summary>
internal static class UndoMove
{
    internal sealed record Response(string Move, int Restored, int Kept);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/move-hours/{move}/undo", PostAsync).WithName("UndoMoveSessionHours").WithSummary("Take a move of hours back.")
            .Produces<Response>().ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PostAsync(string move, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(move, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(IWriteGate gate, IDatabaseProvider provider, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string move, CancellationToken cancellationToken)
        {
            var key = OpaqueId.ParseMove(move) ?? 0;
            try
            {
                return await gate.WriteAsync(caller.Scope, (write, token) => UndoAsync(write, key, token), cancellationToken);
            }
            catch (Exception taken) when (provider.UniqueViolation(taken) == "Sessions")
            {
                return Error.Conflict("hourTaken");
            }
        }

        private async Task<Result<Response>> UndoAsync(WriteSession write, int key, CancellationToken cancellationToken)
        {
            var move = await write.Db.Set<HoursMove>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            // The journal is limited to the caller's sessions: a move none of which is theirs does not exist.
            var changes = await write.Db.Set<SessionChange>().AsNoTracking().Where(row => row.MoveId == key && row.Kind == SessionChangeKind.HoursMoved)
                .ToListAsync(cancellationToken);
            if (move is null || changes.Count == 0) return Error.NotFound("moveNotFound");
            if (changes.Count < move.Sessions && move.By != caller.Name) return Error.NotFound("moveNotFound");
            if (!move.Undo(caller.Name, time.GetUtcNow())) return Error.Conflict("moveUndone");

            var restored = 0;
            var ids = changes.Select(change => change.SessionId).ToArray();
            var sessions = await write.Db.Set<Session>().AsTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken);
            foreach (var change in changes)
            {
                if (!sessions.TryGetValue(change.SessionId, out var session) || session.Time != change.After || !session.MoveTo(change.Before!.Value)) continue;
                write.Rows.Insert(SessionChange.Of(
                    session, SessionChangeKind.Rescheduled, caller.Name, time.GetUtcNow(), reason: null, change.After, moveId: key));
                restored++;
            }
            await write.Db.SaveChangesAsync(cancellationToken);
            write.Events.Add(new SessionHoursMoved(key, Undone: true));
            return new Response(OpaqueId.Move(key), restored, move.Sessions - restored);
        }
    }
}
