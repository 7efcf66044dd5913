using SkiaSharp;

namespace Training.Paper.Tests.Corpus;

/// <summary>How a person marks a box, or spoils one.</summary>
internal enum Stroke
{
    None, Tick, Cross, Fill, Slash, Faint, Smudge, Dirt, Tail,
}

/// <summary>A hand that fills a sheet in: its pen and its unsteadiness, all drawn from one seed.</summary>
internal sealed class Hand(Random chance)
{
    private readonly SKColor ink = chance.Next(4) switch
    {
        0 => new SKColor(20, 20, 24), 1 => new SKColor(28, 42, 120), 2 => new SKColor(40, 40, 46), _ => new SKColor(22, 50, 140),
    };

    private readonly float width = 0.9f + (float)chance.NextDouble() * 1.1f;

    /// <summary>Draws a stroke at a box; points of the page.</summary>
    public void Draw(SKCanvas page, Stroke stroke, double x, double y)
    {
        var (cx, cy) = ((float)x + Off(1.5f), (float)y + Off(1.5f));
        switch (stroke)
        {
            case Stroke.Tick:
                Line(page, ink, width, (cx - 4, cy), (cx - 1.5f, cy + 4), (cx + 5 + Off(2), cy - 6 + Off(2)));
                break;
            case Stroke.Cross:
                Line(page, ink, width, (cx - 4.5f, cy - 4.5f), (cx + 4.5f, cy + 4.5f));
                Line(page, ink, width, (cx - 4.5f, cy + 4.5f), (cx + 4.5f, cy - 4.5f));
                break;
            case Stroke.Fill:
                Line(page, ink, width, [.. Enumerable.Range(0, 14).Select(i => (cx + (i % 2 == 0 ? -5 : 5), cy - 5 + i * 0.75f))]);
                break;
            case Stroke.Slash:
                Line(page, ink, width, (cx - 4.5f, cy + 4.5f), (cx + 4.5f, cy - 4.5f));
                break;
            case Stroke.Faint:
                Line(page, new SKColor(110, 110, 115, (byte)chance.Next(60, 150)), 0.8f, (cx - 4, cy), (cx - 1.5f, cy + 4), (cx + 5, cy - 6));
                break;
            case Stroke.Smudge:
                Blot(page, cx, cy, 4 + (float)chance.NextDouble() * 5, 2.5f, (byte)chance.Next(50, 170));
                break;
            case Stroke.Dirt:
                Blot(page, cx, cy, 0.8f + (float)chance.NextDouble(), 0.2f, (byte)chance.Next(120, 255));
                break;
            case Stroke.Tail:
                // The end of a tick that belongs to the row below.
                Line(page, ink, width, (cx - 1, cy + 13), (cx + 4, cy + 3 + Off(1)));
                break;
        }
    }

    private void Line(SKCanvas page, SKColor color, float thick, params ReadOnlySpan<(float X, float Y)> points)
    {
        using var paint = new SKPaint { Color = color, StrokeWidth = thick, IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeCap = SKStrokeCap.Round, StrokeJoin = SKStrokeJoin.Round };
        for (var i = 1; i < points.Length; i++)
        {
            // Each part a little bent, and none exactly where the last one ended.
            var (from, to) = (points[i - 1], points[i]);
            using var bow = new SKPathBuilder();
            bow.MoveTo(from.X + Off(0.3f), from.Y + Off(0.3f));
            bow.QuadTo((from.X + to.X) / 2 + Off(0.8f), (from.Y + to.Y) / 2 + Off(0.8f), to.X + Off(0.3f), to.Y + Off(0.3f));
            using var path = bow.Detach();
            page.DrawPath(path, paint);
        }
    }

    private static void Blot(SKCanvas page, float x, float y, float radius, float softness, byte strength)
    {
        using var soft = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, softness);
        using var paint = new SKPaint { Color = new SKColor(60, 55, 50, strength), IsAntialias = true, MaskFilter = soft };
        page.DrawOval(x, y, radius * 1.3f, radius, paint);
    }

    private float Off(float most) => ((float)chance.NextDouble() * 2 - 1) * most;
}
