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

/// <summary>Closes a session: from now on its marks count. Closing twice changes nothing.</summary>
internal static class CloseSession
{
    /// <param name="EvenIfNobodyMarked">True: close it although not one child has a mark.</param>
    internal sealed record Request(bool EvenIfNobodyMarked = false);

    /// <param name="Version">The session's version.</param>
    /// <param name="ClosedAt">When it was closed.</param>
    /// <param name="Unmarked">Youths without a mark.</param>
    internal sealed record Response(int Version, DateTimeOffset ClosedAt, IReadOnlyList<Unmarked> Unmarked);

    internal sealed record Unmarked(string Enrollment, string Participant, string Name, string? NameAr);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{id}/close", PostAsync).WithName("CloseSession").WithSummary("Close a session; lists the youths without a mark. With { evenIfNobodyMarked: true } also when nobody has one.")
            .Produces<Response>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    private static async Task<IResult> PostAsync(string id, Request? request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, request?.EvenIfNobodyMarked == true, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(IWriteGate gate, IDatabaseProvider provider, GetRoster.Handler rosters, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string id, bool evenIfNobodyMarked, CancellationToken cancellationToken)
        {
            var key = OpaqueId.ParseSession(id) ?? 0;
            var closed = await gate.WriteAsync(caller.Scope, (write, token) => CloseAsync(write, key, evenIfNobodyMarked, token), cancellationToken);
            if (!closed.Succeeded) return closed.Error;

            var roster = await rosters.HandleAsync(id, cancellationToken);
            if (!roster.Succeeded) return roster.Error;
            return new Response(
                closed.Value.Version, closed.Value.At,
                [.. roster.Value.Items.Where(item => item.Status is null)
                    .Select(item => new Unmarked(item.Enrollment, item.Participant, item.Name, item.NameAr))]);
        }

        private async Task<Result<(int Version, DateTimeOffset At)>> CloseAsync(
            WriteSession write, int key, bool evenIfNobodyMarked, CancellationToken cancellationToken)
        {
            await provider.SerializeAsync(write.Db, RecordAttendance.LockOf(key), cancellationToken);
            var session = await write.Db.Set<Session>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            if (session is null) return Error.NotFound("sessionNotFound");
            if (session.Status == SessionStatus.Closed) return (session.Version, session.ClosedAt!.Value);
            if (session.Date > time.Today()) return Error.Rule("sessionInFuture", ("date", session.Date));
            if (!evenIfNobodyMarked && !await write.Db.Set<AttendanceMark>().AnyAsync(row => row.SessionId == key, cancellationToken))
                return Error.Rule("nobodyMarked");
            if (!session.Close(time.GetUtcNow())) return Error.Conflict("sessionCancelled");
            write.Rows.Insert(SessionChange.Of(session, SessionChangeKind.Closed, caller.Name, time.GetUtcNow()));
            await write.Db.SaveChangesAsync(cancellationToken);
            write.Events.Add(new SessionClosed(session.Id, session.Version));
            return (session.Version, session.ClosedAt!.Value);
        }
    }
}
