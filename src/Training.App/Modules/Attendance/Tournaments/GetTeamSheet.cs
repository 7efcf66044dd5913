using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;

namespace Training.App.Modules.Attendance.Tournaments;

/// <summary>The team sheet of a squad, as PDF in the caller's language.</summary>
internal static class GetTeamSheet
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/{id}/squads/{squad}/sheet", GetAsync).WithName("GetTeamSheet").WithSummary("The team sheet of a squad, as PDF.")
            .Produces(200, contentType: "application/pdf").ProducesProblem(404);

    private static async Task<IResult> GetAsync(string id, string squad, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, squad, cancellationToken)).ToHttp(texts, sheet => TypedResults.File(sheet, "application/pdf", $"{squad}.pdf"));

    internal sealed class Handler(GetTournament.Handler tournaments, GetSquad.Handler squads, DirectoryCatalog catalog, Texts texts, TimeProvider time)
    {
        public async Task<Result<byte[]>> HandleAsync(string id, string squadId, CancellationToken cancellationToken)
        {
            var tournament = await tournaments.HandleAsync(id, cancellationToken);
            if (!tournament.Succeeded) return tournament.Error;
            var found = await squads.HandleAsync(id, squadId, cancellationToken);
            if (!found.Succeeded) return found.Error;
            var squad = found.Value;
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var sheet = new TeamSheet("tournaments.sheet.title", squad.TournamentName, tournament.Value.Edition, directory, texts, time);
            sheet.Add(squad.Category, squad.Site, squad.StartsOn, squad.EndsOn, squad.Players);
            sheet.Sign();
            return sheet.Save();
        }
    }
}
