using SkiaSharp;

namespace Training.Paper.Imaging;

/// <summary>
/// Turns a photograph into shades of grey, upright as it was held, small enough to work on. Only the picture is taken: place, time
/// and camera, which photographs carry, are never read.
/// </summary>
internal static class PhotoDecoder
{
    // On A4 two pixels a point: boxes of twenty-four, code modules of four.
    private const int LongSide = 2000;

    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF];
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The picture, or why there is none.</summary>
    public static (GrayImage? Image, SheetFault? Fault) Decode(byte[] file)
    {
        if (file.Length > SheetReader.BytesMax) return (null, SheetFault.TooLarge);
        // The library knows many more formats: only these two ever reach it.
        var isJpeg = file.AsSpan().StartsWith(Jpeg);
        if (!isJpeg && !file.AsSpan().StartsWith(Png)) return (null, SheetFault.NotAPhoto);
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.EncodedFormat != (isJpeg ? SKEncodedImageFormat.Jpeg : SKEncodedImageFormat.Png)) return (null, SheetFault.NotAPhoto);
        if (codec.Info.Width < SheetReader.SideMin || codec.Info.Height < SheetReader.SideMin) return (null, SheetFault.TooSmall);
        // A JPEG is decoded small from the start; a PNG has to be unfolded whole.
        if ((long)codec.Info.Width * codec.Info.Height > (isJpeg ? SheetReader.JpegPixelsMax : SheetReader.PngPixelsMax)) return (null, SheetFault.TooLarge);

        var size = codec.GetScaledDimensions((float)LongSide / Math.Max(codec.Info.Width, codec.Info.Height));
        using var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(new SKImageInfo(size.Width, size.Height, SKColorType.Bgra8888, SKAlphaType.Premul))) return (null, SheetFault.TooLarge);
        // Half a picture is none: what is missing would look like empty boxes.
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) != SKCodecResult.Success) return (null, SheetFault.NotAPhoto);
        return (Upright(Shrink(Gray(bitmap)), codec.EncodedOrigin), null);
    }

    private static GrayImage Gray(SKBitmap bitmap)
    {
        var pixels = new byte[bitmap.Width * bitmap.Height];
        var source = bitmap.GetPixelSpan();
        for (int y = 0, i = 0; y < bitmap.Height; y++)
        {
            var row = source.Slice(y * bitmap.RowBytes, bitmap.Width * 4);
            for (var x = 0; x < row.Length; x += 4, i++)
            {
                // What is transparent is paper.
                pixels[i] = (byte)((row[x] * 29 + row[x + 1] * 150 + row[x + 2] * 77 >> 8) + 255 - row[x + 3]);
            }
        }
        return new GrayImage(bitmap.Width, bitmap.Height, pixels);
    }

    // Means of whole blocks, so that thin strokes fade instead of vanishing.
    private static GrayImage Shrink(GrayImage image)
    {
        var factor = Math.Max(image.Width, image.Height) / LongSide;
        if (factor < 2) return image;
        int width = image.Width / factor, height = image.Height / factor;
        var pixels = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var sum = 0;
                for (var dy = 0; dy < factor; dy++)
                {
                    for (var dx = 0; dx < factor; dx++) sum += image.Pixels[(y * factor + dy) * image.Width + x * factor + dx];
                }
                pixels[y * width + x] = (byte)(sum / (factor * factor));
            }
        }
        return new GrayImage(width, height, pixels);
    }

    private static GrayImage Upright(GrayImage image, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft or SKEncodedOrigin.Default) return image;
        int w = image.Width, h = image.Height;
        var turned = (int)origin >= (int)SKEncodedOrigin.LeftTop;
        var (width, height) = turned ? (h, w) : (w, h);
        var pixels = new byte[w * h];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (sourceX, sourceY) = origin switch
                {
                    SKEncodedOrigin.TopRight => (w - 1 - x, y),
                    SKEncodedOrigin.BottomRight => (w - 1 - x, h - 1 - y),
                    SKEncodedOrigin.BottomLeft => (x, h - 1 - y),
                    SKEncodedOrigin.LeftTop => (y, x),
                    SKEncodedOrigin.RightTop => (y, h - 1 - x),
                    SKEncodedOrigin.RightBottom => (w - 1 - y, h - 1 - x),
                    _ => (w - 1 - y, x),
                };
                pixels[y * width + x] = image.Pixels[sourceY * w + sourceX];
            }
        }
        return new GrayImage(width, height, pixels);
    }
}
