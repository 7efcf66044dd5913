namespace Training.App.Pages.Reporting;

/// <summary>
/// Where each region lies on our own tile map: one square a region, near to its neighbours. No border is drawn and no map data comes
/// from outside, so none can be wrong.
/// </summary>
internal static class RegionTiles
{
    public const int Columns = 5;
    public const int Rows = 7;

    private static readonly Dictionary<string, (int Column, int Row)> Places = new(StringComparer.Ordinal)
    {
        ["01"] = (3, 0), ["04"] = (2, 1), ["03"] = (3, 1), ["02"] = (4, 1), ["06"] = (2, 2), ["05"] = (3, 2), ["07"] = (2, 3), ["08"] = (3, 3),
        ["09"] = (2, 4), ["10"] = (1, 5), ["11"] = (1, 6), ["12"] = (0, 6),
    };

    /// <summary>Column and row of a region, from the north-west corner; null for a code that is no region.</summary>
    public static (int Column, int Row)? Of(string code) => Places.TryGetValue(code, out var place) ? place : null;
}

/// <summary>One tile.</summary>
/// <param name="Key">The region's code.</param>
/// <param name="Column">From the west.</param>
/// <param name="Row">From the north.</param>
/// <param name="Step">How much of the target is reached, 0 to 4.</param>
/// <param name="Share">The same as a percentage.</param>
/// <param name="Words">The same in words, with the region's name.</param>
/// <param name="Address">Where the region's figures are.</param>
/// <param name="LacksFirstDivision">True to draw it with a broken border; the words say it too.</param>
internal sealed record RegionTile(string Key, int Column, int Row, int Step, string Share, string Words, string Address, bool LacksFirstDivision);
