using SkiaSharp;

namespace Training.Paper.Tests.Corpus;

/// <summary>A printed page with the strokes of a hand on it, and what each row truly says.</summary>
internal sealed class FilledSheet : IDisposable
{
    private FilledSheet(SKBitmap page, Row[] rows) => (Page, Rows) = (page, rows);

    /// <summary>What stands in a row.</summary>
    /// <param name="Strokes">What was drawn at which box.</param>
    /// <param name="Truth">The box that is ticked; null when none is, or no one can say.</param>
    internal sealed record Row((int Box, Stroke Stroke)[] Strokes, int? Truth);

    public SKBitmap Page { get; }

    /// <summary>Its rows from the top.</summary>
    public IReadOnlyList<Row> Rows { get; }

    /// <summary>Fills a page in.</summary>
    public static FilledSheet Fill(PrintedPage printed, Random chance)
    {
        var page = printed.Raster.Copy();
        using var canvas = new SKCanvas(page);
        canvas.Scale(page.Width / (float)SheetLayout.PageWidth, page.Height / (float)SheetLayout.PageHeight);
        var hand = new Hand(chance);
        var favourite = (Stroke)chance.Next((int)Stroke.Tick, (int)Stroke.Faint);
        var rows = new Row[printed.Code.Rows.Count];
        for (var row = 0; row < rows.Length; row++)
        {
            var box = chance.NextDouble() < 0.7 ? 0 : chance.Next(SheetLayout.Boxes);
            rows[row] = Any(chance, box, favourite);
            foreach (var (at, stroke) in rows[row].Strokes)
            {
                var (x, y) = printed.Layout.Box(row, at);
                hand.Draw(canvas, stroke, x, y);
            }
        }
        return new FilledSheet(page, rows);
    }

    // Mostly one clear mark; sometimes nothing, a faint one, two, a corrected one, or dirt where nobody ticked.
    private static Row Any(Random chance, int box, Stroke favourite)
    {
        var other = (box + 1 + chance.Next(SheetLayout.Boxes - 1)) % SheetLayout.Boxes;
        return chance.NextDouble() switch
        {
            < 0.74 => new([(box, favourite)], box),
            < 0.80 => new([], null),
            < 0.85 => new([(box, Stroke.Faint)], box),
            < 0.88 => new([(box, favourite), (other, favourite)], null),
            < 0.90 => new([(box, Stroke.Fill), (other, favourite)], null),
            < 0.93 => new([(box, Stroke.Smudge)], null),
            < 0.95 => new([(box, favourite), (other, Stroke.Smudge)], box),
            < 0.97 => new([(box, Stroke.Dirt)], null),
            < 0.985 => new([(box, Stroke.Tail)], null),
            _ => new([(box, favourite), (other, Stroke.Tail)], box),
        };
    }

    public void Dispose() => Page.Dispose();
}
