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

namespace Training.App.Modules.Attendance.Tournaments;

/// <summary>Calls a tournament off, for a reason. Days on which somebody was marked took place, and stay.</summary>
internal static class CancelTournament
{
    internal sealed record Request([property: Description("Why; kept with the tournament and in the journal of each day.")] string? Reason);

    /// <param name="Tournament">Tournament id.</param>
    /// <param name="DaysCancelled">Squads' days that were called off.</param>
    /// <param name="DaysKept">Squads' days that took place, or were closed.</param>
    internal sealed record Response(string Tournament, int DaysCancelled, int DaysKept);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{id}/cancel", PostAsync).WithName("CancelTournament").RequireAuthorization(Policies.Coordinate)
            .WithSummary("Call a tournament off, with a reason; days with marks stay.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PostAsync(string id, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(TournamentReach reach, SquadBook squads, IDatabaseProvider provider, IWriteGate gate, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string id, Request request, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            var reason = FreeText.Read(request.Reason, "reason", required: true, SessionChange.ReasonMax, faults);
            if (!faults.None) return faults.ToError();
            if (await reach.FindAsync(id, cancellationToken) is not { } found || !caller.Coordinated.Covers(found.HostSiteId, found.RegionId))
                return Error.NotFound("tournamentNotFound");
            return await gate.WriteAsync(caller.Scope, (write, token) => CancelAsync(write, found, reason!, token), cancellationToken);
        }

        private async Task<Result<Response>> CancelAsync(WriteSession write, Tournament found, string reason, CancellationToken cancellationToken)
        {
            var key = found.Id;
            var held = await squads.HoldAsync(write, key, found.HostSiteId, time.Today(), cancellationToken);
            if (!held.Succeeded) return held.Error;
            var tournament = await write.Db.Set<Tournament>().AsTracking().SingleAsync(row => row.Id == key, cancellationToken);
            if (!tournament.Cancel(reason)) return Error.Conflict("tournamentCancelled");

            var mine = write.Db.Set<Session>().IgnoreQueryFilters()
                .Where(row => write.Db.Set<Squad>().Any(squad => squad.Id == row.SquadId && squad.TournamentId == key) && row.Status != SessionStatus.Cancelled);
            // A mark that is on its way to one of the days is waited for, and then keeps the day.
            foreach (var day in await mine.OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken))
                await provider.SerializeAsync(write.Db, RecordAttendance.LockOf(day), cancellationToken);
            var days = await mine.AsTracking().ToListAsync(cancellationToken);
            var keys = days.Select(day => day.Id).ToArray();
            var marked = await write.Db.Set<AttendanceMark>().IgnoreQueryFilters().Where(row => keys.Contains(row.SessionId))
                .Select(row => row.SessionId).Distinct().ToListAsync(cancellationToken);
            var free = days.Where(day => day.Status == SessionStatus.Open && !marked.Contains(day.Id)).ToArray();
            await squads.CancelDaysAsync(write, free, reason, cancellationToken);
            return new Response(OpaqueId.Tournament(key), free.Length, days.Count - free.Length);
        }
    }
}
