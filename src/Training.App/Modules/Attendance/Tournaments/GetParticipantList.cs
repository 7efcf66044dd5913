using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
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

    internal sealed class Handler(GetTournament.Handler tournaments, GetSquad.Handler squads, DirectoryCatalog catalog, Texts texts, TimeProvider time)
    {
        public async Task<Result<byte[]>> HandleAsync(string id, CancellationToken cancellationToken)
        {
            var found = await tournaments.HandleAsync(id, cancellationToken);
            if (!found.Succeeded) return found.Error;
            var tournament = found.Value;
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var list = new TeamSheet("tournaments.sheet.participants", tournament.Name, tournament.Edition, directory, texts, time);
            foreach (var line in tournament.Squads)
            {
                var squad = await squads.HandleAsync(id, line.Squad, cancellationToken);
                if (squad.Succeeded) list.Add(line.Category, line.Site, tournament.StartsOn, tournament.EndsOn, squad.Value.Players);
            }
            return list.Save();
        }
    }
}
