namespace Training.App.Platform.Seeding.Synthetic;

/// <summary>A site that takes part, with the province in which most of its children live.</summary>
/// <param name="Code">Site code as in the reference lists.</param>
/// <param name="ProvinceCode">HCP code of the site's province, as text.</param>
internal sealed record SyntheticSite(string Code, string ProvinceCode);

/// <summary>What to invent. The same options always give the same people and the same file.</summary>
internal sealed record SyntheticOptions
{
    /// <summary>Folder of the reference lists (names, clubs, provinces).</summary>
    public required string ReferenceFolder { get; init; }

    /// <summary>Number of children, faulty rows included.</summary>
    public required int Rows { get; init; }

    /// <summary>Chooses the people.</summary>
    public int Seed { get; init; } = 20260901;

    /// <summary>Share of rows with exactly one fault, 0 to 1; the kinds take turns.</summary>
    public double FaultRate { get; init; } = 0.01;

    /// <summary>Ages of 8 to 17 are counted at this date, and paper consents were given in the 60 days after it.</summary>
    public DateOnly ReferenceDate { get; init; } = new(2026, 9, 1);

    /// <summary>Sites over which the families are spread; null for every club of the reference list.</summary>
    public IReadOnlyList<SyntheticSite>? Sites { get; init; }

    /// <summary>False for the list of a single club, which has no column for its own code.</summary>
    public bool WithSiteColumn { get; init; } = true;

    /// <summary>Between cells. A semicolon is what a French spreadsheet writes.</summary>
    public char Delimiter { get; init; } = ';';
}
