namespace Training.Domain.Enrollments;

/// <summary>What somebody of a site said of a list with unclear columns, so that the next list of the same shape is not asked about.</summary>
public sealed class ImportLayout
{
    /// <summary>Length of <see cref="Shape"/>.</summary>
    public const int ShapeLength = 64;

    /// <summary>The site.</summary>
    public required int SiteId { get; init; }

    /// <summary>SHA-256 of the headings, lower-case hexadecimal; of the number of columns where the list has none.</summary>
    public required string Shape { get; init; }

    /// <summary>What was said, as <see cref="Import.Choice"/>.</summary>
    public required string Choice { get; set; }

    /// <summary>When it was said last.</summary>
    public required DateTimeOffset SaidAt { get; set; }
}
