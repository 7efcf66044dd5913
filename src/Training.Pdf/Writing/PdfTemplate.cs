using Training.Pdf.Fonts;
using Training.Pdf.Images;

namespace Training.Pdf.Writing;

/// <summary>
/// What many documents share: a background and page content, both compressed once, with the beginning of their font subsets.
/// Immutable, shared by all threads.
/// </summary>
public sealed class PdfTemplate
{
    internal PdfTemplate(
        double width, double height, byte[] background, byte[] content, FontSubset[] seeds, StructureElement[] elements, int markCount, PdfImage[] images)
    {
        Width = width;
        Height = height;
        Background = background;
        Content = content;
        Seeds = seeds;
        Elements = elements;
        MarkCount = markCount;
        Images = images;
    }

    internal double Width { get; }
    internal double Height { get; }
    internal byte[] Background { get; }
    internal byte[] Content { get; }
    internal FontSubset[] Seeds { get; }
    internal StructureElement[] Elements { get; }
    internal int MarkCount { get; }
    internal PdfImage[] Images { get; }

    /// <summary>Prepares a template of one page size.</summary>
    /// <param name="width">In points.</param>
    /// <param name="height">In points.</param>
    /// <param name="background">Decoration only, drawn below everything and passed over by screen readers.</param>
    /// <param name="content">Tagged content that every page of the template carries.</param>
    public static PdfTemplate Create(double width, double height, Action<PdfCanvas> background, Action<PdfCanvas> content)
    {
        ArgumentNullException.ThrowIfNull(background);
        ArgumentNullException.ThrowIfNull(content);
        var document = new PdfDocument();
        var below = new PdfCanvas(document, 0, 0);
        background(below);
        var above = new PdfCanvas(document, 0, 0);
        content(above);
        if (document.Links.Count > 0 || document.Elements.Exists(element => element.MarkedContent == StructureElement.Group))
            throw new NotSupportedException("A template has plain tagged parts only, no links and no groups.");
        return new PdfTemplate(
            width, height, Compress(below), Compress(above), document.ToSeeds(), [.. document.Elements], above.MarkCount,
            [.. document.Images]);
    }

    private static byte[] Compress(PdfCanvas canvas)
    {
        var buffer = new PdfBuffer();
        Deflate.WriteSmallest(canvas.Content.Span, buffer);
        return buffer.ToArray();
    }
}
