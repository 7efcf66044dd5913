using Training.Pdf.Charts;
using Training.Pdf.Images;
using Training.Pdf.Text;
using Training.Pdf.Writing;

namespace Training.Pdf.Layout;

/// <summary>
/// A document whose content flows from page to page: headings, paragraphs, lists, tables, charts, images, grids of cards. Everything is
/// tagged in the order of the calls. Equal calls give equal bytes. Not for several threads at once.
/// </summary>
public sealed class FlowDocument
{
    private const double Strip = 16;

    private static readonly TextLook[] Headings =
    [
        new(18) { Bold = true, Color = PdfColor.FromRgb(0x0B5A3C), SpaceAfter = 8 },
        new(14) { Bold = true, Color = PdfColor.FromRgb(0x0B5A3C), SpaceAfter = 6 },
        new(11.5) { Bold = true, SpaceAfter = 4 },
    ];

    private readonly PdfDocumentInfo _info;
    private readonly List<PdfCanvas> _pages = [];
    private PdfCanvas? _canvas;

    /// <summary>An empty document.</summary>
    /// <param name="setup">Its pages.</param>
    /// <param name="title">Title in the file's metadata.</param>
    /// <param name="author">The organisation it comes from.</param>
    /// <param name="created">The day of the document, never the time of rendering.</param>
    public FlowDocument(PageSetup setup, string title, string author, DateOnly created)
    {
        ArgumentNullException.ThrowIfNull(setup);
        Setup = setup;
        _info = new PdfDocumentInfo(SafeText.Clean(title), SafeText.Clean(author), SafeText.Clean(title), setup.Language, created);
        Lines = new LineSetter(setup);
        Document.Languages = new ScriptLanguages(setup.Language);
    }

    /// <summary>Drawn at the top of each page.</summary>
    public Phrase Header { get; set; }

    /// <summary>Drawn at the foot of each page from its number and their count; null for nothing.</summary>
    public Func<int, int, Phrase>? Footer { get; set; }

    internal PageSetup Setup { get; }
    internal PdfDocument Document { get; } = new();
    internal LineSetter Lines { get; }
    internal double Left => Setup.Margin;
    internal double Width => Setup.Width - 2 * Setup.Margin;
    internal double BodyHeight => Setup.Height - 2 * (Setup.Margin + Strip);

    /// <summary>Height left on the page.</summary>
    internal double Room => _canvas is null ? BodyHeight : Y - Setup.Margin - Strip;

    /// <summary>Top of what comes next.</summary>
    internal double Y { get; private set; }

    internal PdfCanvas Canvas
    {
        get
        {
            if (_canvas is not null)
                return _canvas;
            _canvas = Document.AddPage(Setup.Width, Setup.Height);
            _pages.Add(_canvas);
            Y = Setup.Height - Setup.Margin - Strip;
            return _canvas;
        }
    }

    /// <summary>A heading of level 1, 2 or 3, never alone at the foot of a page.</summary>
    public void Heading(int level, Phrase text, string? language = null)
    {
        var look = Headings[Math.Clamp(level, 1, 3) - 1] with { Language = language };
        Space(_canvas is null ? 0 : look.Size * 0.4);
        Need(look.LineHeight + look.SpaceAfter + 3 * TextLook.Body.LineHeight);
        Set(level switch { 1 => StructureRole.H1, 2 => StructureRole.H2, _ => StructureRole.H3 }, text, look);
    }

    /// <summary>A paragraph.</summary>
    public void Paragraph(Phrase text, TextLook? look = null) => Set(StructureRole.P, text, look ?? TextLook.Body);

    /// <summary>Points with a mark before each.</summary>
    public void List(IEnumerable<Phrase> items, TextLook? look = null)
    {
        ArgumentNullException.ThrowIfNull(items);
        look ??= TextLook.Body;
        Document.BeginGroup(StructureRole.L);
        foreach (var item in items)
        {
            Need(look.LineHeight);
            Document.BeginGroup(StructureRole.LI);
            Canvas.BeginTag(StructureRole.Lbl, 0);
            Lines.Draw(Canvas, Lines.Break("•", look, 20), look, look.Size, Left, Y, Width);
            Canvas.End();
            Set(StructureRole.LBody, item, look, indent: look.Size * 1.3);
            Document.EndGroup();
        }

        Document.EndGroup();
    }

    /// <summary>A line that leads to an address.</summary>
    public void Link(Phrase text, Uri target, TextLook? look = null)
    {
        look = (look ?? TextLook.Body) with { Color = PdfColor.FromRgb(0x0B4F8A) };
        var fitted = Lines.Fit(text, look, Width);
        Need(look.LineHeight);
        Canvas.BeginLink(target, SafeText.Clean(text.Text), Left, Y - look.LineHeight, Width, look.LineHeight);
        Lines.Draw(Canvas, fitted.Lines, look, fitted.Size, Left, Y, Width);
        Canvas.End();
        Advance(look.LineHeight + look.SpaceAfter);
    }

    /// <summary>A picture of the given width in points, in its own proportions.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="width">At most the page's; a tall picture becomes narrower.</param>
    /// <param name="alternative">What it shows, for those who do not see it.</param>
    /// <param name="align">Where it stands.</param>
    public void Image(PdfImage image, double width, string alternative, TextAlign align = TextAlign.Start)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentException.ThrowIfNullOrWhiteSpace(alternative);
        var scale = Math.Min(Math.Min(width, Width) / image.Width, BodyHeight / image.Height);
        double w = image.Width * scale, h = image.Height * scale;
        Need(h);
        var free = align == TextAlign.Center ? (Width - w) / 2 : (align == TextAlign.Start) == Setup.IsRightToLeft ? Width - w : 0;
        Canvas.BeginTag(StructureRole.Figure, 0, null, alternative);
        Canvas.Image(image, Left + free, Y - h, w, h);
        Canvas.End();
        Advance(h + 6);
    }

    /// <summary>A table over the whole width.</summary>
    public void Table(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        new TableWriter(this, table).Write();
    }

    /// <summary>A chart over the whole width.</summary>
    public void Chart(Chart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        var height = Math.Min(BodyHeight, chart.HeightFor(Width));
        Need(height);
        Canvas.BeginTag(StructureRole.Figure, 0, null, chart.Alternative);
        chart.Draw(new ChartArea(Canvas, Lines, Setup, Left, Y - height, Width, height));
        Canvas.End();
        Advance(height + 10);
    }

    /// <summary>
    /// Boxes of equal size in columns, such as cards to be cut out: from the side where reading begins, row by row, page after page.
    /// </summary>
    /// <param name="items">What the boxes show.</param>
    /// <param name="columns">Boxes side by side.</param>
    /// <param name="height">Of a box, in points.</param>
    /// <param name="draw">Fills one box.</param>
    public void Grid<T>(IEnumerable<T> items, int columns, double height, Action<Frame, T> draw)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(draw);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, BodyHeight);
        var width = Width / columns;
        foreach (var row in items.Chunk(columns))
        {
            Need(height);
            for (var i = 0; i < row.Length; i++)
            {
                var x = Left + width * (Setup.IsRightToLeft ? columns - 1 - i : i);
                Document.BeginGroup(StructureRole.Sect);
                draw(new Frame(this, x, Y, width, height), row[i]);
                Document.EndGroup();
            }

            Advance(height);
        }
    }

    /// <summary>Leaves room, unless a page begins here.</summary>
    public void Space(double points)
    {
        if (_canvas is not null)
            Advance(points);
    }

    /// <summary>What follows begins so many points below the upper edge of the page; it may not go up.</summary>
    public void SkipTo(double top)
    {
        _ = Canvas;
        var y = Setup.Height - top;
        if (y > Y + 0.01)
            throw new ArgumentOutOfRangeException(nameof(top), "Something stands there already.");
        Y = y;
    }

    /// <summary>Draws on this page what a screen reader passes over, such as marks for machines.</summary>
    public void Decorate(Action<PdfCanvas> draw)
    {
        ArgumentNullException.ThrowIfNull(draw);
        Canvas.BeginArtifact();
        draw(Canvas);
        Canvas.End();
    }

    /// <summary>What follows begins a page.</summary>
    public void PageBreak() => _canvas = null;

    /// <summary>The finished file.</summary>
    public byte[] Save()
    {
        _ = Canvas;
        for (var i = 0; i < _pages.Count; i++)
        {
            _pages[i].BeginArtifact();
            Margins(_pages[i], Header, Setup.Height - Setup.Margin);
            if (Footer is not null)
                Margins(_pages[i], Footer(i + 1, _pages.Count), Setup.Margin + TextLook.Small.LineHeight);
            _pages[i].End();
        }

        return Document.Save(_info);
    }

    internal bool Fits(double height) => height <= Room + 0.01;

    /// <summary>Begins a page when the height is not left on this one.</summary>
    internal void Need(double height)
    {
        if (!Fits(height))
            PageBreak();
        _ = Canvas;
    }

    internal void Advance(double height) => Y -= height;

    private void Margins(PdfCanvas page, Phrase text, double top)
    {
        if (text.IsEmpty)
            return;
        var look = TextLook.Small with { Align = TextAlign.Center };
        var fitted = Lines.Fit(text, look, Width);
        Lines.Draw(page, fitted.Lines, look, fitted.Size, Left, top, Width);
    }

    // A paragraph that goes on over the page is one part of the structure with a piece on each.
    private void Set(StructureRole role, Phrase text, TextLook look, double indent = 0)
    {
        var lines = Lines.Break(text, look, Width - indent);
        var x = Left + (look.StartsRight(Setup) ? 0 : indent);
        Need(look.LineHeight * Math.Min(2, lines.Count));
        var whole = Fits(look.LineHeight * lines.Count);
        if (!whole)
            Document.BeginGroup(role, look.Language);
        for (var done = 0; done < lines.Count;)
        {
            Need(look.LineHeight);
            var count = Math.Clamp((int)((Room + 0.01) / look.LineHeight), 1, lines.Count - done);
            Canvas.BeginTag(whole ? role : StructureRole.Span, done, look.Language);
            Lines.Draw(Canvas, lines.Skip(done).Take(count), look, look.Size, x, Y, Width - indent);
            Canvas.End();
            Advance(look.LineHeight * count);
            done += count;
        }

        if (!whole)
            Document.EndGroup();
        Space(look.SpaceAfter);
    }
}
