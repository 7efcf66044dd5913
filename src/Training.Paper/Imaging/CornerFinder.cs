namespace Training.Paper.Imaging;

/// <summary>
/// Finds the corner marks: a dark square in a white ring in a dark ring, which dirt, letters and table edges do not look like. The
/// finders of the page code do, so the widest frames come first, and the code decides which is the sheet.
/// </summary>
internal static class CornerFinder
{
    private const int MarksMax = 14;
    private const int FramesMax = 12;

    /// <summary>Frames of four marks, clockwise, the widest first.</summary>
    public static IReadOnlyList<(double X, double Y)[]> Find(GrayImage image)
    {
        var spots = DarkSpots.Find(image);
        var largest = Math.Max(image.Width, image.Height) / 12;
        var marks = spots.Spots
            .Where(spot => spot.Width >= 5 && spot.Height >= 5 && spot.Width <= largest && spot.Height <= largest && IsSquare(spot) && spot.Area >= 0.45 * spot.Width * spot.Height)
            .Select(spot => (Middle: spot, Ring: RingAround(image, spots, spot)))
            .Where(mark => mark.Ring is not null)
            .OrderByDescending(mark => mark.Ring!.Area)
            .Take(MarksMax)
            .Select(mark => (mark.Middle.X, mark.Middle.Y))
            .ToArray();
        return [.. Fours(marks).Where(IsConvex).OrderByDescending(Area).Take(FramesMax)];
    }

    private static bool IsSquare(DarkSpots.Spot spot) => spot.Width <= 2.2 * spot.Height && spot.Height <= 2.2 * spot.Width;

    // The same spot in all four directions, with its middle where the inner one has its own, and as large as the print has it.
    private static DarkSpots.Spot? RingAround(GrayImage image, DarkSpots spots, DarkSpots.Spot middle)
    {
        var found = 0;
        foreach (var (dx, dy) in ((int, int)[])[(1, 0), (-1, 0), (0, 1), (0, -1)])
        {
            int x = (int)Math.Round(middle.X), y = (int)Math.Round(middle.Y), steps = 2 * Math.Max(middle.Width, middle.Height), label = 0;
            while (steps-- > 0 && (label == 0 || label == middle.Label))
            {
                (x, y) = (x + dx, y + dy);
                if (x < 0 || y < 0 || x >= image.Width || y >= image.Height) return null;
                label = spots.Labels[y * image.Width + x];
            }
            if (label == 0 || label == middle.Label || (found != 0 && found != label)) return null;
            found = label;
        }
        var ring = spots.Spots[found - 1];
        var size = Math.Max(middle.Width, middle.Height);
        var grown = (double)Math.Max(ring.Width, ring.Height) / size;
        var heavier = (double)ring.Area / middle.Area;
        return ring.Encloses(middle) && IsSquare(ring) && grown is > 1.6 and < 3.4 && heavier is > 1 and < 6
            && Math.Abs(ring.X - middle.X) < 0.35 * size && Math.Abs(ring.Y - middle.Y) < 0.35 * size ? ring : null;
    }

    private static IEnumerable<(double X, double Y)[]> Fours((double X, double Y)[] marks)
    {
        for (var a = 0; a < marks.Length; a++)
        for (var b = a + 1; b < marks.Length; b++)
        for (var c = b + 1; c < marks.Length; c++)
        for (var d = c + 1; d < marks.Length; d++)
            yield return Clockwise([marks[a], marks[b], marks[c], marks[d]]);
    }

    private static (double X, double Y)[] Clockwise((double X, double Y)[] four)
    {
        var (x, y) = (four.Average(corner => corner.X), four.Average(corner => corner.Y));
        return [.. four.OrderBy(corner => Math.Atan2(corner.Y - y, corner.X - x))];
    }

    private static bool IsConvex((double X, double Y)[] four)
    {
        for (var i = 0; i < 4; i++)
        {
            var (a, b, c) = (four[i], four[(i + 1) % 4], four[(i + 2) % 4]);
            if ((b.X - a.X) * (c.Y - b.Y) - (b.Y - a.Y) * (c.X - b.X) <= 0) return false;
        }
        return true;
    }

    private static double Area((double X, double Y)[] four)
    {
        double area = 0;
        for (var i = 0; i < 4; i++) area += four[i].X * four[(i + 1) % 4].Y - four[(i + 1) % 4].X * four[i].Y;
        return Math.Abs(area) / 2;
    }
}
