using Training.Pdf.Bidi;
using Training.Pdf.Text;
using Training.Pdf.Writing;

namespace Training.Pdf.Layout;

/// <summary>How a paragraph looks.</summary>
/// <param name="Size">In points.</param>
public sealed record TextLook(double Size)
{
    /// <summary>Ordinary text.</summary>
    public static TextLook Body { get; } = new(10.5);

    /// <summary>Notes, captions, footers.</summary>
    public static TextLook Small { get; } = new(8.5) { Color = PdfColor.FromRgb(0x55605B) };

    public bool Bold { get; init; }
    public FontFamily Family { get; init; } = FontFamily.Book;
    public PdfColor Color { get; init; } = PdfColor.FromRgb(0x1D2723);
    public TextAlign Align { get; init; }

    /// <summary>Distance of base lines in sizes. Arabic letters need the room.</summary>
    public double Leading { get; init; } = 1.45;

    /// <summary>Left free below the paragraph, in points.</summary>
    public double SpaceAfter { get; init; } = 4;

    /// <summary>Null for the document's own; set it for a paragraph in the other direction.</summary>
    public TextDirection? Direction { get; init; }

    /// <summary>Language tag; null for the document's own.</summary>
    public string? Language { get; init; }

    internal double LineHeight => Size * Leading;

    internal TextStyle Style(PageSetup setup) => new(Family, Bold, Direction ?? setup.Direction);

    // A paragraph in the other direction starts at its own side.
    internal bool StartsRight(PageSetup setup) => (Direction ?? setup.Direction) == TextDirection.RightToLeft;
}
