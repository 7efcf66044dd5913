namespace Training.Paper.Imaging;

/// <summary>Leads from a flat page to the picture that a camera took of it.</summary>
internal sealed class Homography
{
    private readonly double[] h;

    private Homography(double[] h) => this.h = h;

    /// <summary>The only one that leads four places to four others; null when three of them lie on a line.</summary>
    public static Homography? Between(IReadOnlyList<(double X, double Y)> from, IReadOnlyList<(double X, double Y)> to)
    {
        var equations = new double[8, 9];
        for (var i = 0; i < 4; i++)
        {
            var ((x, y), (u, v)) = (from[i], to[i]);
            Fill(equations, 2 * i, [x, y, 1, 0, 0, 0, -u * x, -u * y, u]);
            Fill(equations, 2 * i + 1, [0, 0, 0, x, y, 1, -v * x, -v * y, v]);
        }
        return Solve(equations) is { } solution ? new Homography(solution) : null;
    }

    /// <summary>Where a place of the page lies in the picture.</summary>
    public (double X, double Y) Map(double x, double y)
    {
        var depth = h[6] * x + h[7] * y + 1;
        return ((h[0] * x + h[1] * y + h[2]) / depth, (h[3] * x + h[4] * y + h[5]) / depth);
    }

    private static void Fill(double[,] equations, int row, ReadOnlySpan<double> values)
    {
        for (var i = 0; i < values.Length; i++) equations[row, i] = values[i];
    }

    // Gauss with the largest pivot.
    private static double[]? Solve(double[,] a)
    {
        const int size = 8;
        for (var column = 0; column < size; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < size; row++)
            {
                if (Math.Abs(a[row, column]) > Math.Abs(a[pivot, column])) pivot = row;
            }
            if (Math.Abs(a[pivot, column]) < 1e-9) return null;
            for (var k = 0; k <= size; k++) (a[column, k], a[pivot, k]) = (a[pivot, k], a[column, k]);
            for (var row = 0; row < size; row++)
            {
                if (row == column) continue;
                var factor = a[row, column] / a[column, column];
                for (var k = column; k <= size; k++) a[row, k] -= factor * a[column, k];
            }
        }
        return [.. Enumerable.Range(0, size).Select(row => a[row, size] / a[row, row])];
    }
}
