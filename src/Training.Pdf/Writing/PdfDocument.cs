using Training.Pdf.Fonts;

namespace Training.Pdf.Writing;

/// <summary>
/// Title and such, for the file's own metadata. The language is the document's main one, such as fr-MA.
/// Created is the day of the document: the same document must have the same bytes, so it is not the time of rendering.
/// </summary>
public sealed record PdfDocumentInfo(string Title, string Author, string Subject, string Language, DateOnly Created);

/// <summary>
/// A document being drawn. Equal calls give equal bytes. Not for several threads at once;
/// keep one for each thread and <see cref="Reset"/> it, which keeps its buffers.
/// </summary>
public sealed class PdfDocument
{
    private readonly FontSubset[] _subsets;
    private readonly List<StructureElement> _elements = [];
    private readonly List<PdfCanvas> _pages = [];
    private readonly List<(double Width, double Height)> _sizes = [];
    private readonly PdfFileWriter _writer = new();

    public PdfDocument()
    {
        _subsets = new FontSubset[FaceSet.Count];
        for (var i = 0; i < _subsets.Length; i++)
            _subsets[i] = new FontSubset(FaceSet.Shared[i]);
    }

    internal PdfTemplate? Template { get; private set; }
    internal List<StructureElement> Elements => _elements;
    internal IReadOnlyList<PdfCanvas> Pages => _pages;
    internal IReadOnlyList<(double Width, double Height)> Sizes => _sizes;
    internal IReadOnlyList<FontSubset> Subsets => _subsets;

    /// <summary>Forgets everything and begins anew, with the template's fonts and content on each page when one is given.</summary>
    public void Reset(PdfTemplate? template = null)
    {
        Template = template;
        _elements.Clear();
        _pages.Clear();
        _sizes.Clear();
        for (var i = 0; i < _subsets.Length; i++)
            _subsets[i].Reset(template?.Seeds[i]);
    }

    /// <summary>A page of the template's size.</summary>
    public PdfCanvas AddPage()
    {
        var template = Template ?? throw new InvalidOperationException("Without a template a page needs a size.");
        foreach (var element in template.Elements)
            _elements.Add(element with { Page = _pages.Count });
        return Add(template.Width, template.Height, template.MarkCount);
    }

    /// <summary>A page of its own size, in points. Only for documents without a template.</summary>
    public PdfCanvas AddPage(double width, double height)
    {
        if (Template is not null)
            throw new InvalidOperationException("The pages of a template have its size.");
        return Add(width, height, 0);
    }

    /// <summary>The finished file.</summary>
    public byte[] Save(PdfDocumentInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        if (_pages.Count == 0)
            throw new InvalidOperationException("A document needs a page.");
        return _writer.Write(this, info);
    }

    internal void AddElement(StructureElement element) => _elements.Add(element);

    internal FontSubset Subset(int face) => _subsets[face];

    internal FontSubset[] ToSeeds() => [.. _subsets.Select(subset => subset.ToSeed())];

    private PdfCanvas Add(double width, double height, int firstMark)
    {
        var canvas = new PdfCanvas(this, _pages.Count, firstMark);
        _pages.Add(canvas);
        _sizes.Add((width, height));
        return canvas;
    }
}
