namespace Training.Paper.Imaging;

/// <summary>A box of a row: where its places lie in the picture, and how clearly its printed outline was seen there.</summary>
/// <param name="Page">The way from page to picture.</param>
/// <param name="X">Middle on the page, in points, as found.</param>
/// <param name="Y">Middle on the page.</param>
/// <param name="Outline">How much darker than the paper beside it the palest side of the outline is, from 0 to 1.</param>
internal sealed record BoxView(Homography Page, double X, double Y, double Outline)
{
    /// <summary>Brightness at a place in points from the middle; null when it lies outside the picture.</summary>
    public double? At(GrayImage image, double dx, double dy)
    {
        var (x, y) = Page.Map(X + dx, Y + dy);
        return image.Holds(x, y) ? image.At(x, y) : null;
    }
}

/// <summary>
/// Finds the printed outlines of the boxes near where the flat page would have them. Paper bends: a box lies a little off the one
/// above it, so each search starts where that one ended, and none reaches half-way to another row.
/// </summary>
internal sealed class BoxFinder(GrayImage image, Homography page, SheetLayout layout)
{
    private const double Half = SheetLayout.BoxSide / 2;
    private const double Beside = 2.2;
    private const double FirstReach = 6, FirstBoxReach = 3, RowReach = 1.5, BoxReach = 1, Reach = 9;

    // Of two places that look alike the nearer one: ink beside a box must not draw the search away.
    private const double Pull = 0.004;

    private static readonly double[] Along = [-4.5, -3, -1.5, 0, 1.5, 3, 4.5];

    private readonly (double X, double Y)[] shifts = new (double, double)[SheetLayout.Boxes];

    /// <summary>The boxes of so many rows from the top.</summary>
    public BoxView[][] Find(int rows)
    {
        var views = new BoxView[rows][];
        for (var row = 0; row < rows; row++)
        {
            var boxes = Enumerable.Range(0, SheetLayout.Boxes).ToArray();
            var (dx, dy) = Best(row, boxes, row == 0 ? FirstReach : RowReach, row == 0 ? 1 : 0.5);
            foreach (var box in boxes) shifts[box] = (shifts[box].X + dx, shifts[box].Y + dy);
            foreach (var box in boxes)
            {
                var (ownX, ownY) = Best(row, [box], row == 0 ? FirstBoxReach : BoxReach, 0.5);
                shifts[box] = (shifts[box].X + ownX, shifts[box].Y + ownY);
            }
            views[row] = [.. boxes.Select(box => View(row, box))];
        }
        return views;
    }

    private BoxView View(int row, int box)
    {
        var (x, y) = layout.Box(row, box);
        (x, y) = (x + shifts[box].X, y + shifts[box].Y);
        return new BoxView(page, x, y, Sides(x, y).Min());
    }

    // How far the boxes of a row lie together from where they were looked for.
    private (double X, double Y) Best(int row, int[] boxes, double reach, double step)
    {
        var places = boxes.Select(box => (Place: layout.Box(row, box), Shift: shifts[box])).ToArray();
        var (best, found) = (double.MinValue, (0.0, 0.0));
        for (var dy = -reach; dy <= reach; dy += step)
        {
            for (var dx = -reach; dx <= reach; dx += step)
            {
                if (places.Any(box => Math.Abs(box.Shift.X + dx) > Reach || Math.Abs(box.Shift.Y + dy) > Reach)) continue;
                var score = places.Average(box => Outline(box.Place.X + box.Shift.X + dx, box.Place.Y + box.Shift.Y + dy)) - Pull * (Math.Abs(dx) + Math.Abs(dy));
                if (score > best) (best, found) = (score, (dx, dy));
            }
        }
        return found;
    }

    private double Outline(double x, double y)
    {
        double edge = 0, inside = 0, outside = 0;
        foreach (var t in Along)
        {
            foreach (var side in (ReadOnlySpan<double>)[-1, 1])
            {
                edge += At(x + t, y + side * Half) + At(x + side * Half, y + t);
                outside += At(x + t, y + side * (Half + Beside)) + At(x + side * (Half + Beside), y + t);
                inside += At(x + t, y + side * (Half - Beside)) + At(x + side * (Half - Beside), y + t);
            }
        }
        return (0.6 * outside + 0.4 * inside - edge) / Math.Max(1, Math.Max(outside, inside));
    }

    // Against the paper outside alone: a filled box has an outline too.
    private double[] Sides(double x, double y) =>
        [.. new (int X, int Y)[] { (-1, 0), (1, 0), (0, -1), (0, 1) }.Select(side =>
        {
            double edge = 0, outside = 0;
            foreach (var t in Along)
            {
                var (alongX, alongY) = side.X == 0 ? (t, 0.0) : (0.0, t);
                edge += At(x + side.X * Half + alongX, y + side.Y * Half + alongY);
                outside += At(x + side.X * (Half + Beside) + alongX, y + side.Y * (Half + Beside) + alongY);
            }
            return (outside - edge) / Math.Max(1, outside);
        })];

    private double At(double x, double y)
    {
        var (u, v) = page.Map(x, y);
        return image.At(u, v);
    }
}
