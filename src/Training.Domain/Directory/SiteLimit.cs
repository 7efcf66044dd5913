namespace Training.Domain.Directory;

/// <summary>The most places a site gives in an edition, over all its groups; without one the groups' capacities alone decide.</summary>
public sealed class SiteLimit
{
    /// <summary>Largest limit, in places.</summary>
    public const int PlacesMax = 20_000;

    /// <summary>The site.</summary>
    public required int SiteId { get; init; }

    /// <summary>The edition.</summary>
    public required int EditionId { get; init; }

    /// <summary>Places, at least 1.</summary>
    public required int Places { get; set; }

    /// <summary>Who set it last: <c>account:7</c>, <c>key:3</c>.</summary>
    public required string SetBy { get; set; }

    /// <summary>When.</summary>
    public required DateTimeOffset SetAt { get; set; }
}
