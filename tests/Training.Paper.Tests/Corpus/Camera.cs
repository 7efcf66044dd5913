using SkiaSharp;

namespace Training.Paper.Tests.Corpus;

/// <summary>How a photograph was taken.</summary>
/// <param name="LongSide">Pixels on the longer side.</param>
/// <param name="Turn">How far the sheet lies turned, in degrees.</param>
/// <param name="Tilt">How far the corners stray from a rectangle, as a share of the sheet.</param>
/// <param name="Bend">How far the paper bends up in the middle, as a share of the sheet.</param>
/// <param name="Shadow">How dark a shadow lies across it, from 0 to 1.</param>
/// <param name="Blur">Spread of the blur, in pixels of a picture of 2,000.</param>
/// <param name="Noise">Spread of the noise, in steps of 255.</param>
/// <param name="Light">Brightness of white paper, from 0 to 1.</param>
/// <param name="Quality">Of the JPEG, 1 to 100.</param>
internal sealed record Camera(int LongSide, double Turn, double Tilt, double Bend, double Shadow, double Blur, double Noise, double Light, int Quality)
{
    private const int Columns = 24, Rows = 34;

    /// <summary>A photograph as people take them: from careful to careless.</summary>
    /// <param name="chance">Where it comes from.</param>
    /// <param name="carelessness">0 careful, 1 careless.</param>
    public static Camera Any(Random chance, double carelessness)
    {
        double Up(double most) => chance.NextDouble() * most * carelessness;
        return new Camera(
            chance.Next(1500, 3000), (chance.Next(6) == 0 ? 90 * chance.Next(1, 4) : 0) + (chance.NextDouble() * 2 - 1) * (3 + 17 * carelessness),
            0.01 + Up(0.09), Up(0.012), Up(0.55), Up(1.6), 1 + Up(9), 1 - Up(0.45), 92 - (int)Up(52));
    }

    /// <summary>The photograph, as a JPEG.</summary>
    public byte[] Shoot(SKBitmap page, Random chance)
    {
        var (width, height) = (LongSide * 3 / 4, LongSide);
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        var canvas = surface.Canvas;
        Table(canvas, chance, width, height);
        using (var mesh = Mesh(page, chance, width, height))
        using (var print = SKImage.FromBitmap(page))
        using (var shader = print.ToShader(SKShaderTileMode.Clamp, SKShaderTileMode.Clamp, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear)))
        using (var paint = new SKPaint { Shader = shader, IsAntialias = true })
            canvas.DrawVertices(mesh, SKBlendMode.Src, paint);
        CastShadow(canvas, chance, width, height);
        using var sharp = surface.Snapshot();
        using var result = new SKBitmap(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        using (var last = new SKCanvas(result))
        using (var blur = Blur > 0.05 ? SKImageFilter.CreateBlur((float)(Blur * LongSide / 2000), (float)(Blur * LongSide / 2000)) : null)
        using (var paint = new SKPaint { ImageFilter = blur })
            last.DrawImage(sharp, 0, 0, new SKSamplingOptions(SKFilterMode.Nearest), paint);
        Grain(result, chance);
        using var encoded = result.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return encoded.ToArray();
    }

    // A wooden table: stripes of two browns.
    private static void Table(SKCanvas canvas, Random chance, int width, int height)
    {
        canvas.Clear(new SKColor((byte)chance.Next(60, 190), (byte)chance.Next(50, 150), (byte)chance.Next(40, 120)));
        using var paint = new SKPaint { Color = new SKColor(40, 30, 20, 60) };
        for (var x = 0; x < width; x += chance.Next(8, 60)) canvas.DrawRect(x, 0, chance.Next(2, 12), height, paint);
    }

    private SKVertices Mesh(SKBitmap page, Random chance, int width, int height)
    {
        double Stray() => (chance.NextDouble() * 2 - 1) * Tilt;
        var corners = new (double X, double Y)[] { (Stray(), Stray()), (1 + Stray(), Stray()), (1 + Stray(), 1 + Stray()), (Stray(), 1 + Stray()) };
        var flat = Imaging.Homography.Between([(0, 0), (1, 0), (1, 1), (0, 1)], corners)!;
        var radians = Turn * Math.PI / 180;
        var (cos, sin) = (Math.Cos(radians), Math.Sin(radians));
        const double aspect = SheetLayout.PageHeight / SheetLayout.PageWidth;
        // The sheet fills the picture as far as its turned outline lets it.
        var (boxWidth, boxHeight) = (Math.Abs(cos) + aspect * Math.Abs(sin), Math.Abs(sin) + aspect * Math.Abs(cos));
        var scale = Math.Min(width / boxWidth, height / boxHeight) * (0.97 - 2.2 * Tilt * 0.5);
        var phase = chance.NextDouble() * Math.PI;
        var positions = new SKPoint[(Columns + 1) * (Rows + 1)];
        var textures = new SKPoint[positions.Length];
        for (var row = 0; row <= Rows; row++)
        {
            for (var column = 0; column <= Columns; column++)
            {
                double u = (double)column / Columns, v = (double)row / Rows;
                var (x, y) = flat.Map(u, v);
                x += Bend * Math.Sin(Math.PI * v + phase * 0.2);
                y += Bend * Math.Sin(Math.PI * u + phase);
                var (px, py) = ((x - 0.5) * scale, (y - 0.5) * scale * aspect);
                positions[row * (Columns + 1) + column] = new SKPoint((float)(width / 2.0 + px * cos - py * sin), (float)(height / 2.0 + px * sin + py * cos));
                textures[row * (Columns + 1) + column] = new SKPoint((float)(u * page.Width), (float)(v * page.Height));
            }
        }
        return SKVertices.CreateCopy(SKVertexMode.Triangles, positions, textures, null, Triangles());
    }

    private static ushort[] Triangles()
    {
        var triangles = new List<ushort>();
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                var (a, c) = ((ushort)(row * (Columns + 1) + column), (ushort)((row + 1) * (Columns + 1) + column));
                triangles.AddRange([a, (ushort)(a + 1), c, (ushort)(a + 1), (ushort)(c + 1), c]);
            }
        }
        return [.. triangles];
    }

    // The phone's own shadow: soft at its edge, and the light falls off towards one side.
    private void CastShadow(SKCanvas canvas, Random chance, int width, int height)
    {
        var dim = (byte)(255 * (1 - Light));
        using (var paint = new SKPaint { Color = new SKColor(0, 0, 0, dim) }) canvas.DrawRect(0, 0, width, height, paint);
        if (Shadow < 0.02) return;
        using var soft = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, width * (0.004f + (float)chance.NextDouble() * 0.05f));
        using var shade = new SKPaint { Color = new SKColor(0, 0, 0, (byte)(255 * Shadow)), MaskFilter = soft };
        using var builder = new SKPathBuilder();
        builder.MoveTo(chance.Next(width), -50);
        builder.LineTo(width + 200, -50);
        builder.LineTo(width + 200, height + 200);
        builder.LineTo(chance.Next(-width / 2, width), height + 200);
        using var path = builder.Detach();
        canvas.DrawPath(path, shade);
    }

    private void Grain(SKBitmap picture, Random chance)
    {
        var pixels = picture.GetPixelSpan();
        for (var i = 0; i < pixels.Length; i += 4)
        {
            // Three evenly spread numbers make a bell that is near enough.
            var noise = (chance.NextDouble() + chance.NextDouble() + chance.NextDouble() - 1.5) * 2 * Noise;
            for (var channel = 0; channel < 3; channel++) pixels[i + channel] = (byte)Math.Clamp(pixels[i + channel] + noise, 0, 255);
        }
    }
}
