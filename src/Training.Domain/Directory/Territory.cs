namespace Training.Domain.Directory;

/// <summary>One of the twelve regions. Source of names, codes and populations: <c>seed-data/reference/regions.csv</c>.</summary>
public sealed class Region
{
    /// <summary>Internal key: the region's number, 1 to 12.</summary>
    public required int Id { get; init; }

    /// <summary>HCP code, two digits as text: <c>01</c> to <c>12</c>.</summary>
    public required string Code { get; init; }

    /// <summary>French name.</summary>
    public required string NameFr { get; set; }

    /// <summary>Arabic name.</summary>
    public required string NameAr { get; set; }

    /// <summary>Amazigh name in Tifinagh, awaiting validation.</summary>
    public required string NameZgh { get; set; }

    /// <summary>Estimated residents aged 8 to 18, in persons; the base of proportional targets.</summary>
    public required int EstimatedYouth { get; set; }
}

/// <summary>A province or prefecture. Source: <c>seed-data/reference/provinces.csv</c>.</summary>
public sealed class Province
{
    /// <summary>Internal key: the code's digits as a number.</summary>
    public required int Id { get; init; }

    /// <summary>HCP code as text: <c>RR.PPP</c>.</summary>
    public required string Code { get; init; }

    /// <summary>French name.</summary>
    public required string NameFr { get; set; }

    /// <summary>Arabic name.</summary>
    public required string NameAr { get; set; }

    /// <summary>The region it belongs to.</summary>
    public required int RegionId { get; init; }

    /// <summary>The regional football league it plays in: a function of the province, not of the region.</summary>
    public required int LeagueId { get; init; }
}

/// <summary>A football league: thirteen regional ones, and national ones without territory.</summary>
public sealed class League
{
    /// <summary>Internal key.</summary>
    public required int Id { get; init; }

    /// <summary>Our code, for instance <c>LR-ORI</c>.</summary>
    public required string Code { get; init; }

    /// <summary>French name.</summary>
    public required string NameFr { get; set; }

    /// <summary>Arabic name.</summary>
    public required string NameAr { get; set; }

    /// <summary>The region; null for a national league.</summary>
    public int? RegionId { get; init; }
}

/// <summary>What kind of place a site is.</summary>
public enum SiteKind : byte
{
    /// <summary>A club's training centre (football track).</summary>
    Club = 1,

    /// <summary>A youth house (workshop track).</summary>
    YouthHouse = 2,
}

/// <summary>What surrounds a site.</summary>
public enum SiteSetting : byte
{
    /// <summary>The reference lists do not say.</summary>
    Unknown = 0,

    /// <summary>In a town.</summary>
    Urban = 1,

    /// <summary>In a rural commune.</summary>
    Rural = 2,
}

/// <summary>A place where youths are enrolled and sessions are held.</summary>
public sealed class Site
{
    /// <summary>Internal key.</summary>
    public required int Id { get; init; }

    /// <summary>Public code, for instance <c>RSB</c> or <c>MJ-04-001</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Club training centre or youth house.</summary>
    public required SiteKind Kind { get; init; }

    /// <summary>French name.</summary>
    public required string NameFr { get; set; }

    /// <summary>Arabic name; the French one where none is known.</summary>
    public required string NameAr { get; set; }

    /// <summary>City, as the reference lists write it.</summary>
    public required string City { get; set; }

    /// <summary>Province of the site.</summary>
    public required int ProvinceId { get; init; }

    /// <summary>Region of the site: figures are attributed to it.</summary>
    public required int RegionId { get; init; }

    /// <summary>Regional league of the site's province.</summary>
    public required int LeagueId { get; init; }

    /// <summary>Town or country, as the reference lists say.</summary>
    public SiteSetting Setting { get; set; }

    /// <summary>True for a club of the men's first division (<c>division_2025_26</c> = D1 in <c>seed-data/reference/clubs.csv</c>).</summary>
    public bool PlaysFirstDivision { get; set; }

    /// <summary>False once the site has closed; a closed site takes no new enrollment.</summary>
    public bool IsOpen { get; set; } = true;
}
