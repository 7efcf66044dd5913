namespace Training.Paper.Imaging;

/// <summary>
/// Says of a box whether it is ticked, empty, or in doubt. The measures are of ink against the paper beside the box, so that light and
/// shadow cancel out; the limits come from the corpus, and between them lies a doubt that no box is talked out of.
/// </summary>
internal sealed class BoxJudge(GrayImage image, double inkRatio, BoxView[][] page)
{
    // Inside the outline, with room for an outline that was found half a point beside itself.
    private const double Inner = 4.4, Core = 3, Step = 0.4, Dark = 0.4;

    private const double OutlineSeen = 0.45, EmptyPeak = 0.2, TickPeak = 0.42, TickInk = 0.06;

    private readonly double outline = Median([.. page.SelectMany(row => row).Select(box => box.Outline)]);

    internal enum State { Empty, Doubt, Ticked }

    /// <summary>What is in a box, as shares of it from 0 to 1.</summary>
    /// <param name="Ink">Share of the inside that is as dark as ink.</param>
    /// <param name="Core">The same of its middle: a stroke that strays in from a neighbour seldom gets there.</param>
    /// <param name="Peak">Darkness of its darkest twentieth; 1 is printed black.</param>
    /// <param name="Edge">Steepest change within a stroke's width: a smudge fades, a stroke ends.</param>
    /// <param name="Around">How much darker the darkest side beside the box is than the lightest.</param>
    /// <param name="Outline">How clearly the palest side of the outline was seen, beside the page's other boxes.</param>
    /// <param name="Reach">Height or width of its ink, whichever is more, in points: a dot of dirt reaches nowhere.</param>
    internal sealed record Measures(double Ink, double Core, double Peak, double Edge, double Around, double Outline, double Reach);

    /// <summary>What a row says.</summary>
    public RowReading Judge(string code, BoxView[] boxes)
    {
        var found = boxes.Select(box => Measure(box)).ToArray();
        var states = found.Select(StateOf).ToArray();
        var ticked = states.Count(state => state == State.Ticked);
        var finding = states.Contains(State.Doubt) ? RowFinding.Unclear : ticked switch { 0 => RowFinding.Empty, 1 => RowFinding.Ticked, _ => RowFinding.Several };
        int? box = finding == RowFinding.Ticked ? Array.IndexOf(states, State.Ticked) : null;
        return new RowReading(code, finding, box, box is null ? 0 : found.Min(Certainty), BoxPicture.Draw(image, boxes));
    }

    private Measures Measure(BoxView box)
    {
        var sides = new[] { Paper(box, -1, 0), Paper(box, 1, 0), Paper(box, 0, -1), Paper(box, 0, 1) };
        var (left, right, upper, lower) = (sides[0], sides[1], sides[2], sides[3]);
        var (white, across, down) = (sides.Average(), (right - left) / 25, (lower - upper) / 16.6);
        var size = (int)Math.Round(2 * Inner / Step) + 1;
        var dark = new double[size, size];
        int ink = 0, core = 0, coreCount = 0, first = size, last = -1, top = size, bottom = -1;
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                double dx = -Inner + column * Step, dy = -Inner + row * Step;
                var paper = white + across * dx + down * dy;
                var value = (paper - (box.At(image, dx, dy) ?? 0)) / Math.Max(1, paper * (1 - inkRatio));
                dark[column, row] = value;
                if (value > Dark)
                {
                    ink++;
                    (first, last, top, bottom) = (Math.Min(first, column), Math.Max(last, column), Math.Min(top, row), Math.Max(bottom, row));
                }
                if (Math.Abs(dx) > Core || Math.Abs(dy) > Core) continue;
                coreCount++;
                if (value > Dark) core++;
            }
        }
        var sorted = dark.Cast<double>().Order().ToArray();
        return new Measures((double)ink / dark.Length, (double)core / coreCount, sorted[sorted.Length * 95 / 100], Steepest(dark, size), 1 - sides.Min() / Math.Max(1, sides.Max()),
            box.Outline / Math.Max(0.01, outline), Math.Max(0, Math.Max(last - first, bottom - top)) * Step);
    }

    internal static State StateOf(Measures box)
    {
        if (box.Outline < OutlineSeen) return State.Doubt;
        if (box.Peak < EmptyPeak && box.Ink < 0.01) return State.Empty;
        if (box.Around > 0.25 || box.Core < 0.05) return State.Doubt;
        if (box is { Ink: > 0.6, Peak: > 0.7 }) return State.Ticked;
        var isStroke = box.Edge > 0.25 || (box.Edge > 0.17 && box.Edge > 0.38 * box.Peak);
        return isStroke && box is { Ink: > TickInk, Peak: > TickPeak, Reach: > 6 } ? State.Ticked : State.Doubt;
    }

    // How far a sure box is from the limit that would have made it doubtful.
    private static double Certainty(Measures box)
    {
        var margin = StateOf(box) == State.Empty
            ? (EmptyPeak - box.Peak) / EmptyPeak
            : Math.Min((box.Peak - TickPeak) / TickPeak, box.Ink / TickInk - 1);
        return 0.5 + 0.5 * Math.Clamp(Math.Min(margin, box.Outline), 0, 1);
    }

    // The paper's own brightness at one side of the box: most of what lies there is paper, also where a stroke passes.
    private double Paper(BoxView box, int sideX, int sideY)
    {
        var values = new List<double>(32);
        for (var along = -5.0; along <= 5; along += 1.25)
        {
            foreach (var away in (double[])(sideX != 0 ? [9.5, 11.5, 13.5, 15.5] : [7.8, 8.5, 9.2]))
            {
                if (box.At(image, sideX * away + (sideX == 0 ? along : 0), sideY * away + (sideY == 0 ? along : 0)) is { } value) values.Add(value);
            }
        }
        if (values.Count == 0) return 0;
        values.Sort();
        return values[values.Count * 7 / 10];
    }

    private static double Steepest(double[,] dark, int size)
    {
        const int width = 2;
        var steps = new List<double>(2 * size * size);
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                if (column + width < size) steps.Add(Math.Abs(dark[column + width, row] - dark[column, row]));
                if (row + width < size) steps.Add(Math.Abs(dark[column, row + width] - dark[column, row]));
            }
        }
        steps.Sort();
        return steps[steps.Count * 97 / 100];
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
