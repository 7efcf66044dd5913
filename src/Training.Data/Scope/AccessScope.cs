namespace Training.Data.Scope;

/// <summary>
/// Which rows a caller may see. The context filters every table with personal data by it; no feature can widen it.
/// </summary>
/// <param name="Nation">True when every row is visible.</param>
/// <param name="Regions">Keys of visible regions.</param>
/// <param name="Sites">Keys of visible sites.</param>
/// <param name="Participants">Keys of visible children: a family's own.</param>
public sealed record AccessScope(bool Nation, int[] Regions, int[] Sites, int[] Participants)
{
    /// <summary>Whose scope it is, by the caller's stable name: sees the own lists of several sites. Null for nobody in particular.</summary>
    public string? Holder { get; init; }

    /// <summary>Keys of visible groups, of an assistant: their children, sessions and marks, and nothing that leads further.</summary>
    public int[] Groups { get; init; } = [];

    /// <summary>Keys of the leagues whose clubs stand in <see cref="Sites"/>; for words alone, no row is seen by it.</summary>
    public int[] Leagues { get; init; } = [];

    /// <summary>Sees nothing that is personal.</summary>
    public static AccessScope None { get; } = new(false, [], [], []);

    /// <summary>The whole country; also the system's own work.</summary>
    public static AccessScope Whole { get; } = new(true, [], [], []);

    /// <summary>One region.</summary>
    public static AccessScope Region(int regionId) => new(false, [regionId], [], []);

    /// <summary>One site.</summary>
    public static AccessScope Site(int siteId) => new(false, [], [siteId], []);

    /// <summary>A family's own children.</summary>
    public static AccessScope Family(params int[] participantIds) => new(false, [], [], participantIds);

    /// <summary>True when a row of that site and region is visible to staff.</summary>
    public bool Covers(int siteId, int regionId) =>
        Nation || Array.IndexOf(Sites, siteId) >= 0 || Array.IndexOf(Regions, regionId) >= 0;

    /// <summary>True when a row of that group, of its site and region, is visible to staff.</summary>
    public bool CoversGroup(int groupId, int siteId, int regionId) => Covers(siteId, regionId) || Array.IndexOf(Groups, groupId) >= 0;

    /// <summary>A short text that <see cref="Parse"/> reads back, for work that goes on after its caller has left: <c>nation</c> or <c>r:4 s:12,13</c>.
    /// Groups are not in it: an assistant leaves no work behind.</summary>
    public string ToText() => Nation ? "nation" : string.Join(
        ' ', new[] { ("r", Regions), ("s", Sites), ("p", Participants) }
            .Where(part => part.Item2.Length > 0).Select(part => $"{part.Item1}:{string.Join(',', part.Item2)}"));

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    public static AccessScope Parse(string text)
    {
        if (text == "nation") return Whole;
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(
            part => part[0], part => part[2..].Split(',').Select(key => int.Parse(key, System.Globalization.CultureInfo.InvariantCulture)).ToArray());
        return new AccessScope(false, parts.GetValueOrDefault('r', []), parts.GetValueOrDefault('s', []), parts.GetValueOrDefault('p', []));
    }
}
