using Training.Pdf.Fonts;
using Training.Pdf.Images;

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
    private readonly List<PdfImage> _images = [];
    private readonly List<LinkArea> _links = [];
    private readonly Stack<int> _groups = new();
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
    internal IReadOnlyList<PdfImage> Images => _images;
    internal IReadOnlyList<LinkArea> Links => _links;

    /// <summary>
    /// Names the language of each stretch in another script than the part around it, as screen readers wish. Null (the usual) leaves
    /// the language to the parts alone.
    /// </summary>
    public ScriptLanguages? Languages { get; set; }

    /// <summary>Forgets everything and begins anew, with the template's fonts and content on each page when one is given.</summary>
    public void Reset(PdfTemplate? template = null)
    {
        Template = template;
        _elements.Clear();
        _pages.Clear();
        _sizes.Clear();
        _links.Clear();
        _groups.Clear();
        _images.Clear();
        _images.AddRange(template?.Images ?? []);
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
        if (_groups.Count > 0)
            throw new InvalidOperationException("A group is still open.");
        return _writer.Write(this, info);
    }

    /// <summary>
    /// Opens a part made of others, such as a table or a row; what is tagged until <see cref="EndGroup"/> belongs to it. It may go on
    /// over several pages.
    /// </summary>
    /// <param name="role">What the part is.</param>
    /// <param name="language">Language tag when it differs from the document's.</param>
    /// <param name="scope">Of a header cell, the cells it speaks for.</param>
    /// <param name="columnSpan">Of a cell, the columns it spans.</param>
    public void BeginGroup(StructureRole role, string? language = null, HeaderScope scope = HeaderScope.None, int columnSpan = 1)
    {
        AddElement(new StructureElement(Math.Max(0, _pages.Count - 1), StructureElement.Group, role, 0, language, null)
        {
            Scope = scope,
            ColumnSpan = columnSpan,
        });
        _groups.Push(_elements.Count - 1);
    }

    /// <summary>Closes the group opened last.</summary>
    public void EndGroup() => _groups.Pop();

    /// <summary>Index of the group that is open.</summary>
    internal int OpenGroup => _groups.Peek();

    /// <summary>Goes on with a closed group.</summary>
    internal void ReopenGroup(int group) => _groups.Push(group);

    internal void AddElement(StructureElement element) =>
        _elements.Add(_groups.TryPeek(out var group) ? element with { Parent = group } : element);

    internal int AddLink(LinkArea link)
    {
        _links.Add(link);
        return _links.Count - 1;
    }

    /// <summary>The image's number in this document; the same image is written once.</summary>
    internal int ImageNumber(PdfImage image)
    {
        var number = _images.IndexOf(image);
        if (number < 0)
            _images.Add(image);
        return number < 0 ? _images.Count - 1 : number;
    }

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
