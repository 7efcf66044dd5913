using SkiaSharp;

namespace Training.Paper.Tests.Corpus;

/// <summary>A sheet printed, ticked with a steady hand and laid on a scanner: for tests that are about what comes after.</summary>
internal static class Scanner
{
    /// <summary>The first page of a sheet as a JPEG, with a tick in a box of each row; null for none.</summary>
    public static byte[] Scan(byte[] pdf, bool rightToLeft, params int?[] boxes)
    {
        using var page = Poppler.Draw(pdf)[0];
        using var canvas = new SKCanvas(page);
        canvas.Scale(page.Width / (float)SheetLayout.PageWidth);
        using var pen = new SKPaint { Color = new SKColor(25, 35, 110), StrokeWidth = 1.4f, IsAntialias = true };
        foreach (var (row, box) in boxes.Index())
        {
            if (box is null) continue;
            var (x, y) = new SheetLayout(rightToLeft).Box(row, box.Value);
            canvas.DrawLine((float)x - 4, (float)y, (float)x - 1, (float)y + 4, pen);
            canvas.DrawLine((float)x - 1, (float)y + 4, (float)x + 5, (float)y - 5, pen);
        }
        using var photo = page.Encode(SKEncodedImageFormat.Jpeg, 85);
        return photo.ToArray();
    }
}
