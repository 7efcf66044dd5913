using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Modules.Reporting.Targets;

/// <summary>An edition's target by region, beside what arithmetic would give: the nation's matter.</summary>
internal static class GetTargets
{
    /// <param name="Region">Region code.</param>
    /// <param name="Target">Youths to enroll.</param>
    /// <param name="Computed">What the region's share of the youth aged 8 to 18 gives.</param>
    /// <param name="Youth">Estimated residents aged 8 to 18.</param>
    /// <param name="HasFirstDivisionClub">False where no club of the first division has a centre.</param>
    internal sealed record Item(string Region, int Target, int Computed, int Youth, bool HasFirstDivisionClub);

    /// <param name="Edition">Edition code.</param>
    /// <param name="National">The edition's target.</param>
    /// <param name="Sum">Sum of the regions' parts; what the directorate sets may differ from the national target.</param>
    /// <param name="SetAt">When the directorate set the table; null while it is the arithmetic's.</param>
    /// <param name="Items">One row a region.</param>
    internal sealed record Response(string Edition, int National, int Sum, DateTimeOffset? SetAt, IReadOnlyList<Item> Items);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/", GetAsync).WithName("GetTargets").WithSummary("An edition's target by region, beside what the arithmetic gives.")
            .Produces<Response>().ProducesProblem(403).ProducesProblem(404);

    private static async Task<IResult> GetAsync(string code, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(code, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(DirectoryCatalog catalog, Caller caller)
    {
        public async Task<Result<Response>> HandleAsync(string? code, CancellationToken cancellationToken)
        {
            if (!caller.Scope.Nation) return Error.Of(ErrorKind.Forbidden, "forbidden");
            var directory = await catalog.SnapshotAsync(cancellationToken);
            return directory.FindEdition(code) is { } edition ? Describe(edition, directory) : Error.NotFound("editionNotFound");
        }

        internal static Response Describe(Edition edition, DirectorySnapshot directory)
        {
            var computed = Computed(edition, directory);
            var items = directory.Regions.Select((region, i) => new Item(
                region.Code, directory.Target(edition.Id, region.Id), computed[i], region.EstimatedYouth, directory.HasFirstDivision(region.Id))).ToArray();
            return new Response(
                edition.Code, edition.Target, items.Sum(item => item.Target),
                directory.Regions.Max(region => directory.FindTarget(edition.Id, region.Id)?.SetAt), items);
        }

        /// <summary>The parts by arithmetic, in the order of the regions.</summary>
        internal static int[] Computed(Edition edition, DirectorySnapshot directory) =>
            ProportionalTargets.Share(edition.Target, [.. directory.Regions.Select(region => region.EstimatedYouth)]);
    }
}
