using Training.Pdf.Text;
using Training.Pdf.Writing;

namespace Training.Pdf.Layout;

/// <summary>Breaks phrases into lines and draws them into a column.</summary>
internal sealed class LineSetter(PageSetup setup)
{
    // From the top of a line to its base line and the letters' middle, in parts of the line height and the size.
    private const double Middle = 0.32;

    internal IReadOnlyList<ShapedLine> Break(Phrase phrase, TextLook look, double width) =>
        ParagraphLayout.Wrap(Safe(phrase, look), look.Style(setup), Math.Max(1, width / look.Size));

    /// <summary>The look at a size, down to seven tenths, at which the longest word fits the column: headers are not torn.</summary>
    internal TextLook FitWords(Phrase phrase, TextLook look, double width)
    {
        var widest = phrase.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => Width(word, look)).DefaultIfEmpty(0).Max();
        return widest <= width ? look : look with { Size = look.Size * Math.Max(0.7, 0.98 * width / widest) };
    }

    /// <summary>One line, smaller when it would be wider than the column.</summary>
    internal FittedText Fit(Phrase phrase, TextLook look, double width, int maxLines = 1) =>
        ParagraphLayout.Flow(Safe(phrase, look), look.Style(setup), width, look.Size, look.Size * 0.8, maxLines);

    internal double Width(Phrase phrase, TextLook look) => TextShaper.ShapeLine(Safe(phrase, look), look.Style(setup)).Width * look.Size;

    /// <summary>Draws lines from a top edge downward.</summary>
    internal void Draw(PdfCanvas canvas, IEnumerable<ShapedLine> lines, TextLook look, double size, double x, double top, double width)
    {
        var y = top - look.LineHeight / 2 - size * Middle;
        foreach (var line in lines)
        {
            canvas.Text(line, Left(line.Width * size, look, x, width), y, size, look.Color);
            y -= look.LineHeight;
        }
    }

    private double Left(double used, TextLook look, double x, double width)
    {
        var right = look.Align == TextAlign.Center ? (width - used) / 2
            : (look.Align == TextAlign.Start) == look.StartsRight(setup) ? width - used : 0;
        return x + right;
    }

    private string Safe(Phrase phrase, TextLook look) =>
        look.StartsRight(setup) ? SafeText.IsolateNumbers(phrase.Text) : phrase.Text;
}
