using Training.App.Platform.Directory;
using Training.Domain.Directory;
using Training.Domain.Registry;
using Training.Domain.Reporting;

namespace Training.App.Modules.Reporting;

/// <summary>A report's question, understood: keys instead of codes.</summary>
/// <param name="Editions">The editions counted, at least one.</param>
/// <param name="By">What the rows stand for; one or two dimensions.</param>
internal sealed record ReportSelection(IReadOnlyList<Edition> Editions, IReadOnlyList<ReportDimension> By)
{
    public Track? Track { get; init; }

    public Region? Region { get; init; }

    public Province? Province { get; init; }

    public League? League { get; init; }

    public SiteSetting? Setting { get; init; }

    public Site? Site { get; init; }

    public Group? Group { get; init; }

    public CurriculumModule? Module { get; init; }

    /// <summary>First month, yyyymm, inclusive; null for the beginning.</summary>
    public int? From { get; init; }

    /// <summary>Last month, yyyymm, inclusive; null for the end.</summary>
    public int? To { get; init; }

    public Sex? Sex { get; init; }

    public AgeBand? AgeBand { get; init; }

    public AgeCategory? Category { get; init; }

    /// <summary>True when a dimension splits or narrows the figures.</summary>
    public bool Uses(ReportDimension dimension) => By.Contains(dimension) || Narrows(dimension);

    /// <summary>True when the figures are split or narrowed by who the youths are.</summary>
    public bool UsesPersons => By.Any(dimension => dimension.IsPerson()) || Sex is not null || AgeBand is not null || Category is not null;

    /// <summary>True when enrollments can be told for the rows: they belong to no month and no module.</summary>
    public bool HasEnrollments => !Uses(ReportDimension.Month) && !Uses(ReportDimension.Module);

    /// <summary>True when sessions can be told for the rows: a session is of no sex and no age.</summary>
    public bool HasSessions => !UsesPersons;

    /// <summary>True when nothing but a region narrows the figures of one edition, so that they can be held against its target.</summary>
    public bool HasTarget => Editions.Count == 1 && HasEnrollments && !UsesPersons && !Uses(ReportDimension.Group)
        && Province is null && League is null && Site is null && Setting is null;

    /// <summary>True when only some sites are asked for.</summary>
    public bool NarrowsPlaces => Region is not null || Province is not null || League is not null || Setting is not null || Site is not null;

    /// <summary>True when a filter is set on the dimension.</summary>
    public bool Narrows(ReportDimension dimension) => dimension switch
    {
        ReportDimension.Track => Track is not null,
        ReportDimension.Edition => Editions.Count == 1,
        ReportDimension.Region => Region is not null,
        ReportDimension.Province => Province is not null,
        ReportDimension.League => League is not null,
        ReportDimension.Setting => Setting is not null,
        ReportDimension.Site => Site is not null,
        ReportDimension.Group => Group is not null,
        ReportDimension.Module => Module is not null,
        ReportDimension.Month => From is not null || To is not null,
        ReportDimension.Sex => Sex is not null,
        ReportDimension.AgeBand => AgeBand is not null,
        ReportDimension.Category => Category is not null,
        _ => throw new ArgumentOutOfRangeException(nameof(dimension)),
    };

    /// <summary>True for a site whose figures are asked for.</summary>
    public bool Includes(Site site) =>
        (Region is null || site.RegionId == Region.Id) && (Province is null || site.ProvinceId == Province.Id)
        && (League is null || site.LeagueId == League.Id) && (Setting is null || site.Setting == Setting)
        && (Site is null || site.Id == Site.Id) && (Group is null || site.Id == Group.SiteId);

    /// <summary>Keys of the sites asked for; null for all.</summary>
    public int[]? Sites(DirectorySnapshot directory) =>
        NarrowsPlaces || Group is not null ? [.. directory.Sites.Where(Includes).Select(site => site.Id)] : null;
}
