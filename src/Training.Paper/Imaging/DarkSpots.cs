namespace Training.Paper.Imaging;

/// <summary>The connected dark spots of a picture, dark by comparison with what surrounds them, so that a shadow is none.</summary>
internal sealed class DarkSpots
{
    private const double DarkerThan = 0.8;

    private readonly GrayImage image;
    private readonly bool[] dark;

    private DarkSpots(GrayImage image)
    {
        this.image = image;
        dark = Threshold(image);
        Labels = new int[dark.Length];
    }

    internal sealed record Spot(int Label, int Area, double X, double Y, int Left, int Top, int Right, int Bottom)
    {
        public int Width => Right - Left + 1;

        public int Height => Bottom - Top + 1;

        public bool Encloses(Spot other) => Left < other.Left && Top < other.Top && Right > other.Right && Bottom > other.Bottom;
    }

    /// <summary>The number of each pixel's spot, from 1; 0 is light.</summary>
    public int[] Labels { get; }

    /// <summary>The spots; the first has number 1.</summary>
    public List<Spot> Spots { get; } = [];

    public static DarkSpots Find(GrayImage image)
    {
        var spots = new DarkSpots(image);
        var open = new Stack<int>();
        for (var start = 0; start < spots.dark.Length; start++)
        {
            if (spots.dark[start] && spots.Labels[start] == 0) spots.Spots.Add(spots.Fill(start, open));
        }
        return spots;
    }

    private Spot Fill(int start, Stack<int> open)
    {
        var label = Spots.Count + 1;
        int area = 0, left = int.MaxValue, top = int.MaxValue, right = 0, bottom = 0;
        long sumX = 0, sumY = 0;
        Labels[start] = label;
        open.Push(start);
        while (open.TryPop(out var place))
        {
            int x = place % image.Width, y = place / image.Width;
            (area, sumX, sumY) = (area + 1, sumX + x, sumY + y);
            (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x), Math.Min(top, y), Math.Max(bottom, y));
            if (x > 0) Visit(place - 1);
            if (x < image.Width - 1) Visit(place + 1);
            if (y > 0) Visit(place - image.Width);
            if (y < image.Height - 1) Visit(place + image.Width);
        }
        return new Spot(label, area, (double)sumX / area, (double)sumY / area, left, top, right, bottom);

        void Visit(int place)
        {
            if (!dark[place] || Labels[place] != 0) return;
            Labels[place] = label;
            open.Push(place);
        }
    }

    // Compared with the mean of the surroundings, summed up once for all places.
    private static bool[] Threshold(GrayImage image)
    {
        int width = image.Width, height = image.Height, reach = Math.Max(12, Math.Max(width, height) / 32);
        var sums = new long[(width + 1) * (height + 1)];
        for (var y = 0; y < height; y++)
        {
            long row = 0;
            for (var x = 0; x < width; x++)
            {
                row += image.Pixels[y * width + x];
                sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
            }
        }
        var dark = new bool[width * height];
        for (var y = 0; y < height; y++)
        {
            int top = Math.Max(0, y - reach), bottom = Math.Min(height, y + reach + 1);
            for (var x = 0; x < width; x++)
            {
                int left = Math.Max(0, x - reach), right = Math.Min(width, x + reach + 1);
                var sum = sums[bottom * (width + 1) + right] - sums[top * (width + 1) + right] - sums[bottom * (width + 1) + left] + sums[top * (width + 1) + left];
                dark[y * width + x] = image.Pixels[y * width + x] * (double)((bottom - top) * (right - left)) < sum * DarkerThan;
            }
        }
        return dark;
    }
}
