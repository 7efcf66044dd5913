namespace Training.Paper.Imaging;

/// <summary>A picture in shades of grey, 0 dark to 255 light.</summary>
internal sealed class GrayImage(int width, int height, byte[] pixels)
{
    public int Width { get; } = width;

    public int Height { get; } = height;

    /// <summary>Row by row from the top.</summary>
    public byte[] Pixels { get; } = pixels;

    /// <summary>Brightness between the pixels' middles; beyond the edge that of the edge.</summary>
    public double At(double x, double y)
    {
        x = Math.Clamp(x, 0, Width - 1);
        y = Math.Clamp(y, 0, Height - 1);
        int left = (int)x, top = (int)y, right = Math.Min(left + 1, Width - 1), bottom = Math.Min(top + 1, Height - 1);
        double fx = x - left, fy = y - top;
        var upper = Pixels[top * Width + left] * (1 - fx) + Pixels[top * Width + right] * fx;
        var lower = Pixels[bottom * Width + left] * (1 - fx) + Pixels[bottom * Width + right] * fx;
        return upper * (1 - fy) + lower * fy;
    }

    /// <summary>True when the place lies in the picture.</summary>
    public bool Holds(double x, double y) => x >= 0 && y >= 0 && x <= Width - 1 && y <= Height - 1;
}
