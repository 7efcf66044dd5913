namespace Training.App.Modules.Reporting;

/// <summary>What the rows of a report stand for, and by what it can be narrowed.</summary>
internal enum ReportDimension
{
    Track,
    Edition,
    Region,
    Province,
    League,
    Setting,
    Site,
    Group,
    Module,
    Month,
    Sex,
    AgeBand,
    Category,
}

/// <summary>Properties of the dimensions.</summary>
internal static class ReportDimensions
{
    /// <summary>The names by which rows can be asked for.</summary>
    public static readonly IReadOnlyList<string> Names = [.. Enum.GetValues<ReportDimension>().Select(Name)];

    /// <summary>The public name: <c>ageBand</c>.</summary>
    public static string Name(this ReportDimension dimension) => JsonName(dimension.ToString());

    /// <summary>A name as the API writes it.</summary>
    public static string JsonName(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>The dimension with this name; null when there is none.</summary>
    public static ReportDimension? Parse(string name)
    {
        foreach (var dimension in Enum.GetValues<ReportDimension>())
            if (string.Equals(dimension.Name(), name, StringComparison.OrdinalIgnoreCase)) return dimension;
        return null;
    }

    /// <summary>True for what a site tells by itself.</summary>
    public static bool IsPlace(this ReportDimension dimension) =>
        dimension is ReportDimension.Region or ReportDimension.Province or ReportDimension.League or ReportDimension.Setting or ReportDimension.Site;

    /// <summary>True for who the youths are.</summary>
    public static bool IsPerson(this ReportDimension dimension) =>
        dimension is ReportDimension.Sex or ReportDimension.AgeBand or ReportDimension.Category;
}
