using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Common;

namespace Training.App.Modules.Attendance.Tournaments;

/// <summary>Makes exactly the given youths a squad's players; nobody at all withdraws the squad and calls its days off.</summary>
internal static class ChangeSquad
{
    internal sealed record Request([property: Description("Enrollment ids of every player.")] IReadOnlyList<string?>? Players);

    internal sealed record Response(string Squad, int Players);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/{id}/squads/{squad}/players", PutAsync).WithName("ChangeSquad").WithSummary("Set the players of a squad.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    private static async Task<IResult> PutAsync(string id, string squad, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, squad, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(TournamentReach reach, SquadBook squads, IWriteGate gate, KeyAllocator keys, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string id, string squadId, Request request, CancellationToken cancellationToken)
        {
            if (await reach.FindAsync(id, cancellationToken) is not { } tournament) return Error.NotFound("tournamentNotFound");
            if (request.Players is null) return Faults.Only("players", "missing");
            if (request.Players.Count > Tournament.SquadMax) return Faults.Only("players", "tooMany", ("max", Tournament.SquadMax));
            var wanted = request.Players.Select(player => OpaqueId.ParseEnrollment(player) ?? 0).Distinct().ToArray();
            var key = OpaqueId.ParseSquad(squadId) ?? 0;
            var days = await keys.ReserveAsync<Session>(Tournament.DaysMax, cancellationToken);
            return await gate.WriteAsync<Response>(
                caller.Scope,
                async (write, token) =>
                {
                    var home = await write.Db.Set<Squad>().Where(row => row.Id == key).Select(row => row.SiteId).SingleOrDefaultAsync(token);
                    var held = await squads.HoldAsync(write, tournament.Id, home, time.Today(), token);
                    if (!held.Succeeded) return held.Error;
                    var squad = await write.Db.Set<Squad>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == key && row.TournamentId == tournament.Id, token);
                    // The host's people see a squad at the door; it is its club's, and the coordinator's, to change.
                    if (squad is null || !caller.Scope.Covers(squad.SiteId, squad.RegionId)) return Error.NotFound("squadNotFound");
                    var put = await squads.PutAsync(write, held.Value, squad, wanted, [.. Enumerable.Range(days, Tournament.DaysMax)], token);
                    return put.Map(_ => new Response(squadId, wanted.Length));
                },
                cancellationToken);
        }
    }
}
