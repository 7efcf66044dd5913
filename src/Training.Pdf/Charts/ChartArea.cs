using Training.Pdf.Layout;
using Training.Pdf.Writing;

namespace Training.Pdf.Charts;

/// <summary>Where a chart is drawn. Along is measured from the side where reading begins, up from the lower edge.</summary>
internal sealed class ChartArea(PdfCanvas canvas, LineSetter lines, PageSetup setup, double x, double y, double width, double height)
{
    internal static readonly TextLook Label = new(8) { Leading = 1.35 };

    private static readonly PdfColor Rule = PdfColor.FromRgb(0xD3DBD6);

    internal PdfCanvas Canvas => canvas;
    internal double Width => width;
    internal double Height => height;

    /// <summary>The page's own coordinate.</summary>
    internal double X(double along) => setup.IsRightToLeft ? x + width - along : x + along;

    internal double Y(double up) => y + up;

    internal double WidthOf(string text) => lines.Width(text, Label);

    internal void Box(double along, double up, double length, double thickness, PdfColor color)
    {
        canvas.SetFill(color);
        canvas.Rectangle(setup.IsRightToLeft ? X(along + length) : X(along), Y(up), length, thickness);
        canvas.Fill();
    }

    internal void Grid(double along1, double up1, double along2, double up2)
    {
        canvas.SetStroke(Rule, 0.5);
        canvas.Line(X(along1), Y(up1), X(along2), Y(up2));
    }

    /// <summary>Text in a column that begins at <paramref name="along"/>, its middle at a height; smaller when it is too wide.</summary>
    internal void Text(string text, double along, double middle, double column, TextAlign align)
    {
        var look = Label with { Align = align };
        var fitted = lines.Fit(text, look, column, maxLines: 1);
        lines.Draw(
            canvas, fitted.Lines, look, fitted.Size, setup.IsRightToLeft ? X(along + column) : X(along), Y(middle) + look.LineHeight / 2, column);
    }

    /// <summary>Names of the series with their signs, at the top.</summary>
    internal void Legend(IReadOnlyList<ChartSeries> series, Action<int, double, double> sign)
    {
        double along = 0;
        for (var i = 0; i < series.Count; i++)
        {
            var length = Math.Min(WidthOf(series[i].Name), width / series.Count - 24);
            sign(i, along + 5, height - 7);
            Text(series[i].Name, along + 13, height - 7, length + 1, TextAlign.Start);
            along += length + 26;
        }
    }
}
