using ZXing;
using ZXing.Common;
using ZXing.QrCode.Internal;

namespace Training.Paper.Imaging;

/// <summary>
/// Reads the page code where the corners say that it is, which also says which way up the sheet lies. The modules are sampled one by
/// one: that holds through blur in which no search for a code finds one.
/// </summary>
internal static class CodeSampler
{
    private const int Finder = 7;
    private const double LeastContrast = 0.12;

    // Half a module is much already: the corners are right, only the paper may be bent.
    private static readonly double[] Shifts = [0, -0.5, 0.5, -1, 1, -1.5, 1.5, -2, 2];

    private static readonly double[] Sharpness = [0, 0.8, 1.6];

    /// <summary>The page's code, the way from page to picture, and how dark black is beside white; null when no code holds.</summary>
    public static (PageCode Code, Homography Page, double InkRatio)? Find(GrayImage image, (double X, double Y)[] corners)
    {
        var tries = from turn in Enumerable.Range(0, 4)
                    let page = Homography.Between(SheetLayout.Marks, [.. Enumerable.Range(0, 4).Select(i => corners[(i + turn) % 4])])
                    where page is not null
                    from rightToLeft in (bool[])[true, false]
                    let grid = Grid.Fit(image, page, new SheetLayout(rightToLeft))
                    where grid.Contrast > LeastContrast
                    orderby grid.Contrast descending
                    select (page, rightToLeft, grid);
        foreach (var (page, rightToLeft, grid) in tries.Take(2))
        {
            var modules = grid.Sample();
            foreach (var sharpness in Sharpness)
            {
                if (Decode(Sharpen(modules, sharpness)) is { } text && PageCode.TryRead(text, out var code) && code.RightToLeft == rightToLeft)
                    return (code, page, InkRatio(modules));
            }
        }
        return null;
    }

    // Takes from each module what blur has mixed in from its neighbours.
    private static double[,] Sharpen(double[,] modules, double strength)
    {
        const int size = SheetLayout.CodeModules;
        var sharp = new double[size, size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                var near = modules[Math.Max(0, column - 1), row] + modules[Math.Min(size - 1, column + 1), row]
                    + modules[column, Math.Max(0, row - 1)] + modules[column, Math.Min(size - 1, row + 1)];
                sharp[column, row] = modules[column, row] + strength * (modules[column, row] - near / 4);
            }
        }
        return sharp;
    }

    private static string? Decode(double[,] modules)
    {
        const int size = SheetLayout.CodeModules;
        var matrix = new BitMatrix(size);
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++) matrix[column, row] = modules[column, row] < Between(modules, column, row);
        }
        return new Decoder().decode(matrix, new Dictionary<DecodeHintType, object>())?.Text;
    }

    // Half-way between dark and light around the module: a shadow may lie across the code.
    private static double Between(double[,] modules, int column, int row)
    {
        const int reach = 4, size = SheetLayout.CodeModules;
        var near = new List<double>(81);
        for (var y = Math.Max(0, row - reach); y <= Math.Min(size - 1, row + reach); y++)
        {
            for (var x = Math.Max(0, column - reach); x <= Math.Min(size - 1, column + reach); x++) near.Add(modules[x, y]);
        }
        near.Sort();
        return (near[near.Count / 8] + near[near.Count * 7 / 8]) / 2;
    }

    private static double InkRatio(double[,] modules)
    {
        var sorted = modules.Cast<double>().Order().ToArray();
        return sorted[sorted.Length / 8] / Math.Max(1, sorted[sorted.Length * 7 / 8]);
    }

    /// <summary>The code's modules in the picture, fitted to its three finders, since the paper may be bent between the corners.</summary>
    private sealed class Grid(GrayImage image, Homography page, SheetLayout layout)
    {
        private const int Far = SheetLayout.CodeModules - Finder;
        private static readonly (int Column, int Row)[] Finders = [(0, 0), (Far, 0), (0, Far)];
        private readonly (double X, double Y)[] offsets = new (double, double)[3];

        /// <summary>How well the weakest finder stands out, from 0 to 1.</summary>
        public double Contrast { get; private set; } = 1;

        public static Grid Fit(GrayImage image, Homography page, SheetLayout layout)
        {
            var grid = new Grid(image, page, layout);
            for (var i = 0; i < Finders.Length; i++)
            {
                var best = double.MinValue;
                foreach (var dx in Shifts)
                {
                    foreach (var dy in Shifts)
                    {
                        var contrast = grid.ContrastOf(Finders[i], dx, dy);
                        if (contrast > best + 1e-9) (best, grid.offsets[i]) = (contrast, (dx, dy));
                    }
                }
                grid.Contrast = Math.Min(grid.Contrast, best);
            }
            return grid;
        }

        public double[,] Sample()
        {
            var modules = new double[SheetLayout.CodeModules, SheetLayout.CodeModules];
            var (upperLeft, upperRight, lowerLeft) = (offsets[0], offsets[1], offsets[2]);
            for (var row = 0; row < SheetLayout.CodeModules; row++)
            {
                for (var column = 0; column < SheetLayout.CodeModules; column++)
                {
                    double across = Math.Clamp((column - 3d) / Far, 0, 1), down = Math.Clamp((row - 3d) / Far, 0, 1);
                    var dx = upperLeft.X + (upperRight.X - upperLeft.X) * across + (lowerLeft.X - upperLeft.X) * down;
                    var dy = upperLeft.Y + (upperRight.Y - upperLeft.Y) * across + (lowerLeft.Y - upperLeft.Y) * down;
                    modules[column, row] = Mean(column + dx, row + dy);
                }
            }
            return modules;
        }

        private double ContrastOf((int Column, int Row) finder, double dx, double dy)
        {
            double dark = 0, light = 0;
            int darkCount = 0, lightCount = 0;
            for (var row = -1; row <= Finder; row++)
            {
                for (var column = -1; column <= Finder; column++)
                {
                    var value = At(finder.Column + column + 0.5 + dx, finder.Row + row + 0.5 + dy);
                    var ring = Math.Max(Math.Abs(row - 3), Math.Abs(column - 3));
                    if (ring is 2 or 4) (light, lightCount) = (light + value, lightCount + 1);
                    else (dark, darkCount) = (dark + value, darkCount + 1);
                }
            }
            var (darkMean, lightMean) = (dark / darkCount, light / lightCount);
            return (lightMean - darkMean) / Math.Max(1, lightMean);
        }

        private double Mean(double column, double row)
        {
            double sum = 0;
            foreach (var y in (double[])[0.3, 0.5, 0.7])
            {
                foreach (var x in (double[])[0.3, 0.5, 0.7]) sum += At(column + x, row + y);
            }
            return sum / 9;
        }

        private double At(double column, double row)
        {
            var (x, y) = layout.CodeOrigin;
            var (u, v) = page.Map(x + column * SheetLayout.CodeModule, y + row * SheetLayout.CodeModule);
            return image.At(u, v);
        }
    }
}
