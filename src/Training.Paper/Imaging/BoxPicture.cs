using SkiaSharp;

namespace Training.Paper.Imaging;

/// <summary>The boxes of a row side by side, upright and flat, for the person who confirms: four squares and nothing around them.</summary>
internal static class BoxPicture
{
    private const double Half = 9.5;
    private const int Side = 38, Quality = 60;

    public static byte[] Draw(GrayImage image, BoxView[] boxes)
    {
        // As the eye sees them on the paper, whichever way it is read.
        boxes = [.. boxes.OrderBy(box => box.X)];
        using var bitmap = new SKBitmap(new SKImageInfo(Side * boxes.Length, Side, SKColorType.Gray8, SKAlphaType.Opaque));
        var pixels = bitmap.GetPixelSpan();
        for (var box = 0; box < boxes.Length; box++)
        {
            for (var y = 0; y < Side; y++)
            {
                for (var x = 0; x < Side; x++)
                {
                    var value = boxes[box].At(image, (x + 0.5) / Side * 2 * Half - Half, (y + 0.5) / Side * 2 * Half - Half) ?? 0;
                    pixels[y * bitmap.RowBytes + box * Side + x] = (byte)value;
                }
            }
        }
        using var encoded = bitmap.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return encoded.ToArray();
    }
}
