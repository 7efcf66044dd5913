using Training.App.Platform.Directory;
using Training.Data.Scope;
using Training.Domain.Directory;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>Finds the site and the province that a cell names, by code or by name, and says what the uploader may use.</summary>
internal sealed class ImportPlaces
{
    private readonly DirectorySnapshot directory;
    private readonly Edition edition;
    private readonly AccessScope scope;
    private readonly Dictionary<string, Site?> sites = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Site?>.AlternateLookup<ReadOnlySpan<char>> seenSites;
    private readonly Dictionary<string, Province?> provinces = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Province?>.AlternateLookup<ReadOnlySpan<char>> seenProvinces;
    private readonly ILookup<string, Site> sitesByName;
    private readonly ILookup<string, Province> provincesByName;
    private readonly ILookup<string, Province> provincesByTown;

    public ImportPlaces(DirectorySnapshot directory, Edition edition, AccessScope scope, Site? everyRow)
    {
        (this.directory, this.edition, this.scope, EveryRow) = (directory, edition, scope, everyRow);
        seenSites = sites.GetAlternateLookup<ReadOnlySpan<char>>();
        seenProvinces = provinces.GetAlternateLookup<ReadOnlySpan<char>>();
        sitesByName = directory.Sites.SelectMany(site => Names(site.NameFr, site.NameAr).Select(name => (name, site)))
            .ToLookup(entry => entry.name, entry => entry.site);
        provincesByName = directory.Provinces
            .SelectMany(province => Names(province.NameFr, province.NameAr).Append(province.Code.Replace(".", "", StringComparison.Ordinal)).Select(name => (name, province)))
            .ToLookup(entry => entry.name, entry => entry.province);
        // People say Oujda for Oujda-Angad.
        provincesByTown = directory.Provinces
            .SelectMany(province => Names(province.NameFr.Split('-')[0], province.NameAr.Split('-', ' ')[0]).Select(name => (name, province)))
            .ToLookup(entry => entry.name, entry => entry.province);
    }

    /// <summary>The places of a list, as its uploader may use them.</summary>
    public static ImportPlaces Of(Import import, DirectorySnapshot directory) => new(
        directory, directory.Edition(import.EditionId), AccessScope.Parse(import.UploaderScope),
        import is { SiteInFile: false, SiteId: { } every } ? directory.Site(every) : null);

    /// <summary>The only site of the list, also of rows that name none; null when every row must name its own.</summary>
    public Site? EveryRow { get; }

    /// <summary>The row's site, or the code of why it cannot be.</summary>
    public (Site? Site, string? Fault) SiteOf(ReadOnlySpan<char> cell)
    {
        var site = EveryRow;
        if (!cell.IsEmpty)
        {
            if (!seenSites.TryGetValue(cell, out site))
            {
                site = directory.FindSite(cell.ToString()) ?? Only(sitesByName, cell);
                if (sites.Count < 100_000) sites[cell.ToString()] = site;
            }
            if (site is null) return (null, "siteNotFound");
            // A list for one site registers nobody elsewhere, not even by someone who could.
            if (EveryRow is { } chosen && site.Id != chosen.Id) return (null, "siteNotYours");
        }
        if (site is null) return (null, "missing");
        if (!scope.Covers(site.Id, site.RegionId)) return (null, "siteNotYours");
        if (!site.IsOpen) return (null, "siteClosed");
        return site.Kind == edition.SiteKind ? (site, null) : (null, "siteOfOtherTrack");
    }

    /// <summary>The province that a cell names; null when there is none.</summary>
    public Province? ProvinceOf(ReadOnlySpan<char> cell)
    {
        if (seenProvinces.TryGetValue(cell, out var province)) return province;
        province = directory.FindProvince(cell.ToString()) ?? Only(provincesByName, cell) ?? Only(provincesByTown, cell);
        if (provinces.Count < 100_000) provinces[cell.ToString()] = province;
        return province;
    }

    private static IEnumerable<string> Names(params string[] names) => names.Select(ImportColumns.Fold).Distinct();

    private static TRow? Only<TRow>(ILookup<string, TRow> byName, ReadOnlySpan<char> cell)
        where TRow : class
    {
        var found = byName[ImportColumns.Fold(cell.ToString())].Take(2).ToList();
        return found.Count == 1 ? found[0] : null;
    }
}
