using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Common;

namespace Training.App.Modules.Attendance.Tournaments;

/// <summary>Every squad that the caller sees of a tournament, as PDF in the caller's language.</summary>
internal static class GetParticipantList
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/{id}/participants", GetAsync).WithName("GetParticipantList").WithSummary("The participants of a tournament by squad, as PDF.")
            .Produces(200, contentType: "application/pdf").ProducesProblem(404);

    private static async Task<IResult> GetAsync(string id, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, cancellationToken)).ToHttp(texts, list => TypedResults.File(list, "application/pdf", $"{id}.pdf"));

    internal sealed class Handler(TournamentReach reach, PlayerBook players, ReadDb db, DirectoryCatalog catalog, Texts texts, TimeProvider time)
    {
        public async Task<Result<byte[]>> HandleAsync(string id, CancellationToken cancellationToken)
        {
            if (await reach.FindAsync(id, cancellationToken) is not { } tournament) return Error.NotFound("tournamentNotFound");
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var squads = await db.Set<Squad>().Where(row => row.TournamentId == tournament.Id).ToListAsync(cancellationToken);
            // All squads in one reading: the largest tournament has some fifty.
            var inSquads = await players.OfSquadsAsync(tournament, squads, cancellationToken);
            var list = new TeamSheet("tournaments.sheet.participants", tournament.Name, directory.Edition(tournament.EditionId).Code, directory, texts, time);
            foreach (var squad in squads.Where(squad => inSquads[squad.Id].Any())
                .OrderBy(squad => squad.Category).ThenBy(squad => directory.Site(squad.SiteId).Code, StringComparer.Ordinal))
            {
                list.Add(
                    string.Create(CultureInfo.InvariantCulture, $"U{squad.Category}"), directory.Site(squad.SiteId).Code, tournament.StartsOn, tournament.EndsOn,
                    [.. inSquads[squad.Id]]);
            }
            return list.Save();
        }
    }
}
