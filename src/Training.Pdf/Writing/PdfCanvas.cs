using Training.Pdf.Images;
using Training.Pdf.Text;

namespace Training.Pdf.Writing;

/// <summary>
/// Draws on one page or background. Points, origin at the bottom left, y upwards.
/// Everything on a page stands inside <see cref="BeginTag"/> or <see cref="BeginArtifact"/>, closed by <see cref="End"/>.
/// </summary>
public sealed class PdfCanvas
{
    private readonly PdfDocument _document;
    private readonly int _page;
    private PdfColor? _fill;
    private int _nextMark;
    private bool _tagged;
    private string? _language;

    internal PdfCanvas(PdfDocument document, int page, int firstMark)
    {
        _document = document;
        _page = page;
        _nextMark = firstMark;
    }

    internal PdfBuffer Content { get; } = new();

    internal int MarkCount => _nextMark;

    /// <summary>Opens a part that belongs to the reading order.</summary>
    /// <param name="role">What the part is.</param>
    /// <param name="order">Place in the reading order of the page, or of the group that is open.</param>
    /// <param name="language">Language tag when it differs from the document's.</param>
    /// <param name="alternative">Spoken instead of a figure.</param>
    public void BeginTag(StructureRole role, int order, string? language = null, string? alternative = null)
    {
        _document.AddElement(new StructureElement(_page, _nextMark, role, order, language, alternative));
        Mark(role);
        _language = language;
    }

    /// <summary>Opens a part that leads to an address when its area is touched.</summary>
    /// <param name="target">An http, https or mailto address.</param>
    /// <param name="description">Where it leads, for those who do not see the page.</param>
    /// <param name="x">Left edge of the area, in points.</param>
    /// <param name="y">Lower edge.</param>
    /// <param name="width">In points.</param>
    /// <param name="height">In points.</param>
    /// <param name="order">Place in the reading order.</param>
    public void BeginLink(Uri target, string description, double x, double y, double width, double height, int order = 0)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (!target.IsAbsoluteUri || target.Scheme is not ("http" or "https" or "mailto"))
            throw new ArgumentException("A link leads to an http, https or mailto address.", nameof(target));
        var link = _document.AddLink(new LinkArea(_page, x, y, width, height, target, description));
        _document.AddElement(new StructureElement(_page, _nextMark, StructureRole.Link, order, null, null) { Link = link });
        Mark(StructureRole.Link);
        _language = null;
    }

    /// <summary>Opens a cell of the row that is open.</summary>
    internal void BeginCell(StructureRole role, HeaderScope scope, int columnSpan)
    {
        _document.AddElement(new StructureElement(_page, _nextMark, role, 0, null, null) { Scope = scope, ColumnSpan = columnSpan });
        Mark(role);
        _language = null;
    }

    private void Mark(StructureRole role)
    {
        Content.WriteAscii("/" + role + "<</MCID ");
        Content.WriteInt(_nextMark++);
        Content.Write(">>BDC\n"u8);
        _tagged = true;
    }

    /// <summary>Opens decoration that a screen reader passes over.</summary>
    public void BeginArtifact()
    {
        Content.Write("/Artifact BMC\n"u8);
        _tagged = false;
    }

    public void End() => Content.Write("EMC\n"u8);

    public void Save() => Content.Write("q\n"u8);

    public void Restore()
    {
        Content.Write("Q\n"u8);
        _fill = null;
    }

    public void SetFill(PdfColor color)
    {
        if (_fill == color)
            return;
        _fill = color;
        WriteColor(color);
        Content.Write("rg\n"u8);
    }

    public void SetStroke(PdfColor color, double width)
    {
        WriteColor(color);
        Content.Write("RG "u8);
        Numbers(width);
        Content.Write("w\n"u8);
    }

    public void MoveTo(double x, double y)
    {
        Numbers(x, y);
        Content.Write("m\n"u8);
    }

    public void LineTo(double x, double y)
    {
        Numbers(x, y);
        Content.Write("l\n"u8);
    }

    public void CurveTo(double x1, double y1, double x2, double y2, double x, double y)
    {
        Numbers(x1, y1, x2, y2, x, y);
        Content.Write("c\n"u8);
    }

    public void ClosePath() => Content.Write("h\n"u8);

    public void Rectangle(double x, double y, double width, double height)
    {
        Numbers(x, y, width, height);
        Content.Write("re\n"u8);
    }

    public void Line(double x1, double y1, double x2, double y2)
    {
        MoveTo(x1, y1);
        LineTo(x2, y2);
        Content.Write("S\n"u8);
    }

    public void Fill() => Content.Write("f\n"u8);

    public void FillEvenOdd() => Content.Write("f*\n"u8);

    public void Stroke() => Content.Write("S\n"u8);

    public void FillAndStroke() => Content.Write("B\n"u8);

    /// <summary>Moves the origin and scales what follows until <see cref="Restore"/>.</summary>
    public void Transform(double scale, double x, double y)
    {
        Content.WriteAscii(FormattableString.Invariant($"{scale:0.#####} 0 0 {scale:0.#####} "));
        Numbers(x, y);
        Content.Write("cm\n"u8);
    }

    /// <summary>Turns what follows around the origin, against the clock, until <see cref="Restore"/>.</summary>
    /// <param name="angle">In radians.</param>
    public void Rotate(double angle)
    {
        double cos = Math.Cos(angle), sin = Math.Sin(angle);
        Content.WriteAscii(FormattableString.Invariant($"{cos:0.#####} {sin:0.#####} {-sin:0.#####} {cos:0.#####} 0 0 cm\n"));
    }

    /// <summary>Draws a symbol as one path, one rectangle for each horizontal run of dark modules.</summary>
    public void QrCode(QrSymbol symbol, double x, double y, double size)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        Save();
        Transform(size / symbol.Size, x, y);
        foreach (var (column, row, length) in symbol.Runs)
        {
            Content.WriteInt(column);
            Content.WriteByte((byte)' ');
            Content.WriteInt(symbol.Size - 1 - row);
            Content.WriteByte((byte)' ');
            Content.WriteInt(length);
            Content.Write(" 1 re\n"u8);
        }

        Fill();
        Restore();
    }

    /// <summary>Draws an image into a box; keep its own proportions.</summary>
    public void Image(PdfImage image, double x, double y, double width, double height)
    {
        ArgumentNullException.ThrowIfNull(image);
        Content.Write("q "u8);
        Numbers(width);
        Content.Write("0 0 "u8);
        Numbers(height, x, y);
        Content.Write("cm/I"u8);
        Content.WriteInt(_document.ImageNumber(image));
        Content.Write(" Do Q\n"u8);
    }

    /// <summary>Draws a line with its left end at <paramref name="x"/> and its base line at <paramref name="y"/>.</summary>
    public void Text(ShapedLine line, double x, double y, double size, PdfColor color)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (line.Glyphs.Length == 0)
            return;
        SetFill(color);
        Content.Write("BT 1 0 0 1 "u8);
        Numbers(x, y);
        Content.Write("Tm\n"u8);
        new TextRun(Content, _document, size, _tagged ? _document.Languages : null, _language).Write(line);
    }

    /// <summary>Draws a line that ends at <paramref name="right"/>.</summary>
    public void TextToRight(ShapedLine line, double right, double y, double size, PdfColor color)
    {
        ArgumentNullException.ThrowIfNull(line);
        Text(line, right - line.Width * size, y, size, color);
    }

    /// <summary>Draws a line around <paramref name="centre"/>.</summary>
    public void TextCentred(ShapedLine line, double centre, double y, double size, PdfColor color)
    {
        ArgumentNullException.ThrowIfNull(line);
        Text(line, centre - line.Width * size / 2, y, size, color);
    }

    private void WriteColor(PdfColor color) => Numbers(color.Red, color.Green, color.Blue);

    private void Numbers(params ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            Content.WriteNumber(value);
            Content.WriteByte((byte)' ');
        }
    }
}
