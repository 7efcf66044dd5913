using System.Collections.Frozen;
using Training.Domain.Certificates;
using Training.Domain.Directory;

namespace Training.App.Platform.Directory;

/// <summary>The directory as it was at one instant. Its rows are shared: nobody may change them.</summary>
internal sealed class DirectorySnapshot
{
    private readonly FrozenDictionary<int, Region> regions;
    private readonly FrozenDictionary<int, Province> provinces;
    private readonly FrozenDictionary<int, League> leagues;
    private readonly FrozenDictionary<int, Site> sites;
    private readonly FrozenDictionary<int, Edition> editions;
    private readonly FrozenDictionary<int, CurriculumModule> modules;
    private readonly FrozenDictionary<string, Region> regionsByCode;
    private readonly FrozenDictionary<string, Province> provincesByCode;
    private readonly FrozenDictionary<string, League> leaguesByCode;
    private readonly FrozenDictionary<string, Site> sitesByCode;
    private readonly FrozenDictionary<string, Edition> editionsByCode;
    private readonly ILookup<int, CurriculumModule> curricula;
    private readonly ILookup<int, Signatory> signatories;
    private readonly ILookup<(int Edition, CertificateKind Kind), CertificateDesign> designs;
    private readonly FrozenDictionary<(int Edition, int Region), RegionTarget> targets;
    private readonly FrozenSet<int> firstDivision;
    private readonly FrozenDictionary<(int Edition, int Site), int> limits;

    public DirectorySnapshot(
        DateTimeOffset readAt, Region[] regions, Province[] provinces, League[] leagues, Site[] sites, Edition[] editions,
        CurriculumModule[] modules, Signatory[] signatories, RegionTarget[] targets, SiteLimit[] limits, CertificateDesign[] designs)
    {
        ReadAt = readAt;
        (Regions, Provinces, Leagues, Sites, Editions) = (regions, provinces, leagues, sites, editions);
        this.regions = regions.ToFrozenDictionary(row => row.Id);
        this.provinces = provinces.ToFrozenDictionary(row => row.Id);
        this.leagues = leagues.ToFrozenDictionary(row => row.Id);
        this.sites = sites.ToFrozenDictionary(row => row.Id);
        this.editions = editions.ToFrozenDictionary(row => row.Id);
        this.modules = modules.ToFrozenDictionary(row => row.Id);
        regionsByCode = regions.ToFrozenDictionary(row => row.Code, StringComparer.OrdinalIgnoreCase);
        provincesByCode = provinces.ToFrozenDictionary(row => row.Code, StringComparer.OrdinalIgnoreCase);
        leaguesByCode = leagues.ToFrozenDictionary(row => row.Code, StringComparer.OrdinalIgnoreCase);
        sitesByCode = sites.ToFrozenDictionary(row => row.Code, StringComparer.OrdinalIgnoreCase);
        editionsByCode = editions.ToFrozenDictionary(row => row.Code, StringComparer.OrdinalIgnoreCase);
        curricula = modules.ToLookup(row => row.EditionId);
        this.signatories = signatories.ToLookup(row => row.EditionId);
        this.designs = designs.ToLookup(row => (row.EditionId, row.Kind));
        this.targets = targets.ToFrozenDictionary(row => (row.EditionId, row.RegionId));
        firstDivision = sites.Where(row => row is { PlaysFirstDivision: true, IsOpen: true }).Select(row => row.RegionId).ToFrozenSet();
        this.limits = limits.ToFrozenDictionary(row => (row.EditionId, row.SiteId), row => row.Places);
    }

    /// <summary>When it was read.</summary>
    public DateTimeOffset ReadAt { get; }

    /// <summary>Regions, in the order of their codes.</summary>
    public IReadOnlyList<Region> Regions { get; }

    /// <summary>Provinces, in the order of their codes.</summary>
    public IReadOnlyList<Province> Provinces { get; }

    /// <summary>Leagues, regional ones first.</summary>
    public IReadOnlyList<League> Leagues { get; }

    /// <summary>Sites, open or not, in the order of their codes.</summary>
    public IReadOnlyList<Site> Sites { get; }

    /// <summary>Editions.</summary>
    public IReadOnlyList<Edition> Editions { get; }

    /// <summary>Keys of the editions that run or are yet to begin.</summary>
    public int[] RunningOn(DateOnly day) => [.. Editions.Where(edition => edition.TakesEnrollmentsOn(day)).Select(edition => edition.Id)];

    /// <summary>The region with this key.</summary>
    public Region Region(int id) => regions[id];

    /// <summary>The province with this key.</summary>
    public Province Province(int id) => provinces[id];

    /// <summary>The league with this key.</summary>
    public League League(int id) => leagues[id];

    /// <summary>The site with this key.</summary>
    public Site Site(int id) => sites[id];

    /// <summary>The edition with this key.</summary>
    public Edition Edition(int id) => editions[id];

    /// <summary>The module with this key.</summary>
    public CurriculumModule Module(int id) => modules[id];

    /// <summary>The region with this code; null when there is none.</summary>
    public Region? FindRegion(string? code) => Find(regionsByCode, code);

    /// <summary>The province with this code; null when there is none.</summary>
    public Province? FindProvince(string? code) => Find(provincesByCode, code);

    /// <summary>The league with this code; null when there is none.</summary>
    public League? FindLeague(string? code) => Find(leaguesByCode, code);

    /// <summary>The site with this code, open or not; null when there is none.</summary>
    public Site? FindSite(string? code) => Find(sitesByCode, code);

    /// <summary>The edition with this code; null when there is none.</summary>
    public Edition? FindEdition(string? code) => Find(editionsByCode, code);

    /// <summary>An edition's curriculum in order.</summary>
    public IEnumerable<CurriculumModule> Modules(int editionId) => curricula[editionId];

    /// <summary>The module of an edition with this code; null when there is none.</summary>
    public CurriculumModule? FindModule(int editionId, string? code) =>
        curricula[editionId].FirstOrDefault(row => string.Equals(row.Code, code, StringComparison.OrdinalIgnoreCase));

    /// <summary>Everybody who signs for an edition at some time.</summary>
    public IEnumerable<Signatory> Signatories(int editionId) => signatories[editionId];

    /// <summary>Who signs on that day; the one in office last when terms overlap; null when nobody does.</summary>
    public Signatory? SignatoryOn(int editionId, DateOnly day) => signatories[editionId]
        .Where(row => row.ValidFrom <= day && (row.ValidTo is null || row.ValidTo >= day)).MaxBy(row => row.ValidFrom);

    /// <summary>How certificates of a kind that are issued on that day look; null when the programme's own look counts.</summary>
    public CertificateDesign? DesignOn(int editionId, CertificateKind kind, DateOnly day) =>
        designs[(editionId, kind)].Where(row => row.ValidFrom <= day).MaxBy(row => row.ValidFrom);

    /// <summary>An edition's designs of certificates, by kind and first day.</summary>
    public IEnumerable<CertificateDesign> Designs(int editionId) =>
        Enum.GetValues<CertificateKind>().SelectMany(kind => designs[(editionId, kind)].OrderBy(row => row.ValidFrom));

    /// <summary>A region's part of an edition's target, in youths; 0 when none was set.</summary>
    public int Target(int editionId, int regionId) => FindTarget(editionId, regionId)?.Target ?? 0;

    /// <summary>The same with who has said so; null when none was set.</summary>
    public RegionTarget? FindTarget(int editionId, int regionId) => targets.GetValueOrDefault((editionId, regionId));

    /// <summary>True when a club of the first division has a centre in the region.</summary>
    public bool HasFirstDivision(int regionId) => firstDivision.Contains(regionId);

    /// <summary>The most places a site gives in an edition; null when its groups alone decide.</summary>
    public int? LimitOf(int editionId, int siteId) => limits.TryGetValue((editionId, siteId), out var places) ? places : null;

    private static TRow? Find<TRow>(FrozenDictionary<string, TRow> rows, string? code)
        where TRow : class => code is null ? null : rows.GetValueOrDefault(code.Trim());
}
