using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Common;

namespace Training.App.Modules.Attendance.Tournaments;

/// <summary>The players of a squad, each with what clears it to play or stands in the way, and who of the club could come in.</summary>
internal static class GetSquad
{
    /// <summary>The squad. Candidates are named to the club's own people and coordinators alone, not to the host's. Open: the caller may still change it.</summary>
    internal sealed record Response(
        string Squad, string Tournament, string TournamentName, string Site, string Category, DateOnly BornFrom, DateOnly BornUntil, int SquadSize,
        DateOnly StartsOn, DateOnly EndsOn, IReadOnlyList<Player> Players, IReadOnlyList<Player> Candidates, bool Open);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/{id}/squads/{squad}", GetAsync).WithName("GetSquad").WithSummary("A squad: eligibility explained player by player.")
            .Produces<Response>().ProducesProblem(404);

    private static async Task<IResult> GetAsync(string id, string squad, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, squad, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(TournamentReach reach, PlayerBook players, ReadDb db, DirectoryCatalog catalog, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string id, string squadId, CancellationToken cancellationToken)
        {
            if (await reach.FindAsync(id, cancellationToken) is not { } tournament) return Error.NotFound("tournamentNotFound");
            var key = OpaqueId.ParseSquad(squadId) ?? 0;
            var squad = await db.Set<Squad>().SingleOrDefaultAsync(row => row.Id == key && row.TournamentId == tournament.Id, cancellationToken);
            if (squad is null) return Error.NotFound("squadNotFound");
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var age = PlayerBook.AgeOf(squad, tournament, directory.Edition(tournament.EditionId));
            var inSquad = await players.OfSquadsAsync(tournament, [squad], cancellationToken);
            var own = caller.Scope.Covers(squad.SiteId, squad.RegionId);
            return new Response(
                OpaqueId.Squad(squad.Id), OpaqueId.Tournament(tournament.Id), tournament.Name, directory.Site(squad.SiteId).Code,
                string.Create(CultureInfo.InvariantCulture, $"U{squad.Category}"), age.From, age.Until, tournament.SquadSize, tournament.StartsOn, tournament.EndsOn,
                [.. inSquad[squad.Id]], own ? await players.CandidatesAsync(tournament, squad, cancellationToken) : [],
                own && tournament.RefuseChange(time.Today(), DecideHeldMark.Coordinates(caller, squad.SiteId, squad.RegionId, tournament.HostSiteId)) is null);
        }
    }
}
