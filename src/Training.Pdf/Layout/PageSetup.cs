using Training.Pdf.Bidi;

namespace Training.Pdf.Layout;

/// <summary>Size, margins, direction and language of a document's pages. Lengths are points.</summary>
/// <param name="Direction">
/// Decides where lines start, from which side the columns of a table run and the axes of a chart; left or right, never automatic.
/// </param>
/// <param name="Language">Language tag of what has none of its own, such as ar-MA.</param>
public sealed record PageSetup(TextDirection Direction, string Language)
{
    /// <summary>A4 upright, unless set otherwise.</summary>
    public double Width { get; init; } = 595.28;

    public double Height { get; init; } = 841.89;

    /// <summary>On all sides; header and footer stand inside it.</summary>
    public double Margin { get; init; } = 45;

    /// <summary>The same page lying on its side.</summary>
    public PageSetup Landscape => this with { Width = Math.Max(Width, Height), Height = Math.Min(Width, Height) };

    /// <summary>A4, Arabic, from the right.</summary>
    public static PageSetup Arabic { get; } = new(TextDirection.RightToLeft, "ar-MA");

    /// <summary>A4, French, from the left.</summary>
    public static PageSetup French { get; } = new(TextDirection.LeftToRight, "fr-MA");

    internal bool IsRightToLeft => Direction == TextDirection.RightToLeft;
}

/// <summary>Where a line stands in its column. Start is where reading begins: right in an Arabic document.</summary>
public enum TextAlign { Start, Center, End }
