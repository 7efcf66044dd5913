using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Common;

namespace Training.App.Modules.Attendance.Tournaments;

/// <summary>The tournaments of the caller's region, the next first.</summary>
internal static class ListTournaments
{
    private const int Max = 100;

    internal sealed record Item(
        string Tournament, string Name, string Edition, string Host, DateOnly StartsOn, DateOnly EndsOn, TournamentStatus Status,
        IReadOnlyList<string> Categories, int Capacity, int Players);

    internal sealed record Response(IReadOnlyList<Item> Items, string? Next);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("", GetAsync).WithName("ListTournaments").WithSummary("Tournaments of the caller's region, the latest first.").Produces<Response>();

    private static async Task<IResult> GetAsync(Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(TournamentReach reach, ReadDb db, DirectoryCatalog catalog)
    {
        public async Task<Result<Response>> HandleAsync(CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var rows = await (await reach.VisibleAsync(cancellationToken)).OrderByDescending(row => row.StartsOn).ThenByDescending(row => row.Id).Take(Max)
                .ToListAsync(cancellationToken);
            var keys = rows.Select(row => row.Id).ToArray();
            // How many play is a count of the whole tournament, not of the squads the caller sees.
            var players = await db.Set<SquadPlayer>().IgnoreQueryFilters().Where(row => keys.Contains(row.TournamentId)).GroupBy(row => row.TournamentId)
                .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken);
            return new Response(
                [.. rows.Select(row => new Item(
                    OpaqueId.Tournament(row.Id), row.Name, directory.Edition(row.EditionId).Code, directory.Site(row.HostSiteId).Code, row.StartsOn, row.EndsOn,
                    row.Status, [.. row.Categories.Select(category => category.Code)], row.Capacity, players.GetValueOrDefault(row.Id)))],
                Next: null);
        }
    }
}
