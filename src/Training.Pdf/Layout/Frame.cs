using Training.Pdf.Images;
using Training.Pdf.Text;
using Training.Pdf.Writing;

namespace Training.Pdf.Layout;

/// <summary>A box of fixed size. What does not fit is set smaller: nothing leaves the box. Lengths are points, from its top.</summary>
public sealed class Frame
{
    private readonly FlowDocument _flow;
    private readonly double _bottom;
    private double _x, _width, _y;

    internal Frame(FlowDocument flow, double x, double top, double width, double height)
    {
        _flow = flow;
        (_x, _y, _width, _bottom) = (x, top, width, top - height);
        Outline = (x, top - height, width, height);
    }

    private (double X, double Y, double Width, double Height) Outline { get; }

    /// <summary>Height left.</summary>
    public double Room => _y - _bottom;

    /// <summary>Draws a thin line around the whole box, where it is cut.</summary>
    public void Border()
    {
        _flow.Canvas.BeginArtifact();
        _flow.Canvas.SetStroke(PdfColor.FromRgb(0xB4C0B9), 0.5);
        _flow.Canvas.Rectangle(Outline.X, Outline.Y, Outline.Width, Outline.Height);
        _flow.Canvas.Stroke();
        _flow.Canvas.End();
    }

    /// <summary>Keeps a distance from all sides from here on.</summary>
    public Frame Inset(double points) => new(_flow, _x + points, _y - points, _width - 2 * points, Room - 2 * points);

    /// <summary>Cuts a column off at the side where reading ends, for a code or a picture, and narrows what is left to the rest.</summary>
    public Frame TakeEnd(double width)
    {
        var right = !_flow.Setup.IsRightToLeft;
        var taken = new Frame(_flow, right ? _x + _width - width : _x, _y, width, Room);
        _width -= width;
        if (!right)
            _x += width;
        return taken;
    }

    /// <summary>A paragraph of at most so many lines, smaller when it needs more.</summary>
    public void Text(Phrase text, TextLook? look = null, int maxLines = 2) => Set(StructureRole.P, text, look, maxLines);

    /// <summary>A heading of the first level.</summary>
    public void Heading(Phrase text, TextLook? look = null, int maxLines = 1) => Set(StructureRole.H1, text, look, maxLines);

    private void Set(StructureRole role, Phrase text, TextLook? look, int maxLines)
    {
        look ??= TextLook.Body;
        if (text.IsEmpty)
            return;
        maxLines = Math.Clamp((int)(Room / look.LineHeight), 1, maxLines);
        var fitted = _flow.Lines.Fit(text, look, _width, maxLines);
        _flow.Canvas.BeginTag(role, 0, look.Language);
        _flow.Lines.Draw(_flow.Canvas, fitted.Lines, look, fitted.Size, _x, _y, _width);
        _flow.Canvas.End();
        _y -= fitted.Lines.Count * look.LineHeight;
    }

    /// <summary>A QR code as large as the box allows, in the middle of its width, with the white around it that readers need.</summary>
    /// <param name="content">What it says.</param>
    /// <param name="alternative">What it is for, for those who do not see it.</param>
    /// <param name="version">Version of the symbol, for a reader that counts on its modules; null for the smallest.</param>
    public void Qr(string content, string alternative, int? version = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(alternative);
        var symbol = QrSymbol.Create(content, version);
        var side = Math.Min(_width, Room);
        var white = side * 4 / (symbol.Size + 8);
        _flow.Canvas.BeginTag(StructureRole.Figure, 0, null, alternative);
        _flow.Canvas.SetFill(default);
        _flow.Canvas.QrCode(symbol, _x + (_width - side) / 2 + white, _y - side + white, side - 2 * white);
        _flow.Canvas.End();
        _y -= side;
    }

    /// <summary>A picture as large as the box allows, in its own proportions.</summary>
    public void Image(PdfImage image, string alternative, double? maxHeight = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentException.ThrowIfNullOrWhiteSpace(alternative);
        var scale = Math.Min(_width / image.Width, Math.Min(maxHeight ?? Room, Room) / image.Height);
        double w = image.Width * scale, h = image.Height * scale;
        _flow.Canvas.BeginTag(StructureRole.Figure, 0, null, alternative);
        _flow.Canvas.Image(image, _x + (_width - w) / 2, _y - h, w, h);
        _flow.Canvas.End();
        _y -= h;
    }

    /// <summary>Leaves room.</summary>
    public void Space(double points) => _y -= points;
}
