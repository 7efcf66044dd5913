using Microsoft.AspNetCore.Http.HttpResults;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;

namespace Training.App.Modules.Directory;

/// <summary>Regions, provinces and leagues, whole lists in the order of their codes.</summary>
internal static class ListTerritory
{
    /// <param name="Code">HCP code.</param>
    /// <param name="NameFr">French name.</param>
    /// <param name="NameAr">Arabic name.</param>
    /// <param name="NameZgh">Amazigh name.</param>
    /// <param name="HasFirstDivisionClub">False where no club of the first division has a centre.</param>
    internal sealed record RegionItem(string Code, string NameFr, string NameAr, string NameZgh, bool HasFirstDivisionClub);

    internal sealed record ProvinceItem(string Code, string NameFr, string NameAr, string Region, string League);

    /// <param name="Code">Our code.</param>
    /// <param name="NameFr">French name.</param>
    /// <param name="NameAr">Arabic name.</param>
    /// <param name="Region">Code of the region; null for a national league.</param>
    internal sealed record LeagueItem(string Code, string NameFr, string NameAr, string? Region);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/regions", RegionsAsync).WithName("ListRegions").WithSummary("The twelve regions.");
        routes.MapGet("/provinces", ProvincesAsync).WithName("ListProvinces").WithSummary("Provinces and prefectures with their region and football league.");
        routes.MapGet("/leagues", LeaguesAsync).WithName("ListLeagues").WithSummary("Regional leagues, and national ones without a region.");
    }

    private static async Task<Ok<ItemList<RegionItem>>> RegionsAsync(DirectoryCatalog catalog, CancellationToken cancellationToken)
    {
        var directory = await catalog.SnapshotAsync(cancellationToken);
        return List(directory.Regions.Select(row => new RegionItem(row.Code, row.NameFr, row.NameAr, row.NameZgh, directory.HasFirstDivision(row.Id))));
    }

    private static async Task<Ok<ItemList<ProvinceItem>>> ProvincesAsync(DirectoryCatalog catalog, CancellationToken cancellationToken)
    {
        var directory = await catalog.SnapshotAsync(cancellationToken);
        return List(directory.Provinces.Select(row => new ProvinceItem(
            row.Code, row.NameFr, row.NameAr, directory.Region(row.RegionId).Code, directory.League(row.LeagueId).Code)));
    }

    private static async Task<Ok<ItemList<LeagueItem>>> LeaguesAsync(DirectoryCatalog catalog, CancellationToken cancellationToken)
    {
        var directory = await catalog.SnapshotAsync(cancellationToken);
        return List(directory.Leagues.Select(row => new LeagueItem(
            row.Code, row.NameFr, row.NameAr, row.RegionId is { } region ? directory.Region(region).Code : null)));
    }

    private static Ok<ItemList<TItem>> List<TItem>(IEnumerable<TItem> items) => TypedResults.Ok(new ItemList<TItem>([.. items], null));
}
