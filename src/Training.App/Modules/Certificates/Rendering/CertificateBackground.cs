using Training.Pdf.Writing;

namespace Training.App.Modules.Certificates.Rendering;

/// <summary>The frame: a band of eight-pointed stars and crosses, as in zellige, drawn with a compass and a ruler.</summary>
internal static class CertificateBackground
{
    // Both sides of the page less equal margins are whole numbers of tiles, so that the stars meet at the corners.
    private const int Columns = 29, Rows = 20;
    private const double Tile = (CertificatePage.Width - CertificatePage.Height) / (Columns - Rows);
    private const double Margin = (CertificatePage.Height - Rows * Tile) / 2;

    /// <summary>Distance from the edge of the page to the inner edge of the band.</summary>
    internal const double BandEnd = Margin + Tile;

    internal static void Draw(PdfCanvas canvas, CertificateLook look)
    {
        Rosette(canvas, look);
        Band(canvas, look);
        Rules(canvas, look);
        if (look.Logo is null) Emblem(canvas, look, CertificatePage.Centre, CertificatePage.EmblemY);
    }

    private static void Band(PdfCanvas canvas, CertificateLook look)
    {
        canvas.SetFill(look.Main);
        Frame(canvas, Margin);
        Frame(canvas, BandEnd);
        canvas.FillEvenOdd();
        for (var column = 0; column < Columns; column++)
        {
            for (var row = 0; row < Rows; row++)
            {
                if (column is 0 or Columns - 1 || row is 0 or Rows - 1)
                    Star(canvas, look, Margin + (column + 0.5) * Tile, Margin + (row + 0.5) * Tile, (column + row) % 2 == 0);
            }
        }
    }

    // The same bytes for every star after its own move of the origin: the repetition costs almost nothing once compressed.
    private static void Star(PdfCanvas canvas, CertificateLook look, double x, double y, bool even)
    {
        canvas.Save();
        canvas.Transform(1, x, y);
        canvas.SetFill(CertificatePage.Paper);
        StarPath(canvas, 0, 0, Tile / 2 - 0.35);
        canvas.Fill();
        canvas.SetStroke(look.Main, 0.45);
        StarPath(canvas, 0, 0, Tile * 0.36);
        canvas.Stroke();
        canvas.SetFill(even ? look.Accent : look.Main);
        StarPath(canvas, 0, 0, Tile * 0.17);
        canvas.Fill();
        canvas.Restore();
    }

    private static void Rules(PdfCanvas canvas, CertificateLook look)
    {
        canvas.SetStroke(look.Main, 0.8);
        Frame(canvas, Margin - 3.2);
        canvas.Stroke();
        Frame(canvas, BandEnd + 3.2);
        canvas.Stroke();
        canvas.SetStroke(look.Accent, 0.4);
        Frame(canvas, BandEnd + 6);
        canvas.Stroke();
    }

    private static void Frame(PdfCanvas canvas, double inset) =>
        canvas.Rectangle(inset, inset, CertificatePage.Width - 2 * inset, CertificatePage.Height - 2 * inset);

    // A guilloche behind the names: interlaced waves around a circle, which a copier blurs, so pale that they never disturb reading.
    private static void Rosette(PdfCanvas canvas, CertificateLook look)
    {
        canvas.Save();
        canvas.Transform(1, CertificatePage.Centre, 327);
        canvas.SetStroke(look.Guilloche, 0.4);
        Ring(canvas, 126, 36, 16, 10);
        Ring(canvas, 66, 22, 8, 8);
        canvas.Restore();
    }

    // One sector is drawn and turned: the same bytes again cost almost nothing once compressed.
    private static void Ring(PdfCanvas canvas, double radius, double height, int waves, int phases)
    {
        var sector = 2 * Math.PI / waves;
        for (var turn = 0; turn < waves; turn++)
        {
            canvas.Save();
            canvas.Rotate(turn * sector);
            for (var phase = 0; phase < phases; phase++)
                Wave(canvas, radius, height, waves, 2 * Math.PI * phase / phases);
            canvas.Stroke();
            canvas.Restore();
        }
    }

    // One period of a wave around the circle, in pieces that meet with equal slopes.
    private static void Wave(PdfCanvas canvas, double radius, double height, int waves, double phase)
    {
        const int pieces = 6;
        var step = 2 * Math.PI / waves / pieces;
        var (x, y, slopeX, slopeY) = At(0);
        canvas.MoveTo(x, y);
        for (var i = 1; i <= pieces; i++)
        {
            var (nextX, nextY, nextSlopeX, nextSlopeY) = At(i * step);
            canvas.CurveTo(
                x + slopeX * step / 3, y + slopeY * step / 3, nextX - nextSlopeX * step / 3, nextY - nextSlopeY * step / 3, nextX, nextY);
            (x, y, slopeX, slopeY) = (nextX, nextY, nextSlopeX, nextSlopeY);
        }

        (double X, double Y, double SlopeX, double SlopeY) At(double angle)
        {
            double r = radius + height * Math.Cos(waves * angle + phase), change = -height * waves * Math.Sin(waves * angle + phase);
            double cos = Math.Cos(angle), sin = Math.Sin(angle);
            return (r * cos, r * sin, change * cos - r * sin, change * sin + r * cos);
        }
    }

    private static void Emblem(PdfCanvas canvas, CertificateLook look, double x, double y)
    {
        canvas.Save();
        canvas.Transform(1, x, y);
        canvas.SetFill(look.Main);
        StarPath(canvas, 0, 0, 19);
        StarPath(canvas, 0, 0, 15.5);
        canvas.FillEvenOdd();
        canvas.SetStroke(look.Accent, 0.7);
        foreach (var turn in new[] { 0, 1 })
        {
            for (var i = 0; i < 4; i++)
            {
                var angle = Angle(i * 2 + turn, 8);
                if (i == 0)
                    canvas.MoveTo(11.5 * Math.Cos(angle), 11.5 * Math.Sin(angle));
                else
                    canvas.LineTo(11.5 * Math.Cos(angle), 11.5 * Math.Sin(angle));
            }

            canvas.ClosePath();
        }

        canvas.Stroke();
        canvas.SetFill(look.Main);
        StarPath(canvas, 0, 0, 4.6);
        canvas.Fill();
        canvas.Restore();
    }

    /// <summary>Two squares laid over each other, one turned by an eighth.</summary>
    internal static void StarPath(PdfCanvas canvas, double x, double y, double radius)
    {
        var inner = radius * Math.Cos(Math.PI / 4) / Math.Cos(Math.PI / 8);
        for (var i = 0; i < 16; i++)
        {
            var (length, angle) = (i % 2 == 0 ? radius : inner, Angle(i, 16));
            if (i == 0)
                canvas.MoveTo(x + length * Math.Cos(angle), y + length * Math.Sin(angle));
            else
                canvas.LineTo(x + length * Math.Cos(angle), y + length * Math.Sin(angle));
        }

        canvas.ClosePath();
    }

    private static double Angle(int index, int count) => 2 * Math.PI * index / count;
}
