using Training.Pdf.Layout;

namespace Training.Pdf.Charts;

/// <summary>
/// Lines over a row of categories, such as weeks; a missing value leaves a gap. Each series has its own sign at its points, so that
/// colour alone tells nothing. The axis of values begins at zero.
/// </summary>
/// <param name="alternative">What the chart says, in words.</param>
/// <param name="categories">Names along the axis; some are left out when they would touch.</param>
/// <param name="series">One to four.</param>
public sealed class LineChart(string alternative, IReadOnlyList<string> categories, params IReadOnlyList<ChartSeries> series)
    : Chart(alternative, categories, series)
{
    private const double Bottom = 16, TopRoom = 24, Sign = 2.6;

    /// <summary>In points.</summary>
    public double Height { get; init; } = 170;

    internal override double HeightFor(double width) => Height;

    internal override void Draw(ChartArea area)
    {
        area.Legend(Series, (i, along, up) => DrawSign(area, i, along, up));
        double step = Step(Largest), end = Math.Max(step, Math.Ceiling(Largest / step) * step);
        var marks = Enumerable.Range(0, (int)Math.Round(end / step) + 1).Select(i => i * step).ToArray();
        double start = marks.Max(mark => area.WidthOf(Format(mark))) + 6, tall = area.Height - Bottom - TopRoom;
        foreach (var mark in marks)
        {
            var up = Bottom + mark / end * tall;
            area.Grid(start, up, area.Width, up);
            area.Text(Format(mark), 0, up, start - 5, TextAlign.End);
        }

        var column = (area.Width - start) / Categories.Count;
        Names(area, start, column);
        for (var i = 0; i < Series.Count; i++)
            Line(area, i, at => start + (at + 0.5) * column, value => Bottom + value / end * tall);
    }

    private void Names(ChartArea area, double start, double column)
    {
        var every = Math.Max(1, (int)Math.Ceiling((Categories.Max(area.WidthOf) + 4) / column));
        for (var i = 0; i < Categories.Count; i += every)
        {
            var room = Math.Min(column * every, area.Width - start);
            var along = Math.Clamp(start + (i + 0.5) * column - room / 2, start, area.Width - room);
            area.Text(Categories[i], along, Bottom / 2, room, TextAlign.Center);
        }
    }

    private void Line(ChartArea area, int series, Func<int, double> along, Func<double, double> up)
    {
        var values = Series[series].Values;
        area.Canvas.SetStroke(Color(series), 1.4);
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } value)
                continue;
            if (i > 0 && values[i - 1] is not null)
                area.Canvas.LineTo(area.X(along(i)), area.Y(up(value)));
            else
                area.Canvas.MoveTo(area.X(along(i)), area.Y(up(value)));
        }

        area.Canvas.Stroke();
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is { } value)
                DrawSign(area, series, along(i), up(value));
        }
    }

    // Square, diamond, triangle up, triangle down.
    private static void DrawSign(ChartArea area, int series, double along, double up)
    {
        double x = area.X(along), y = area.Y(up);
        (double X, double Y)[] corners = series switch
        {
            0 => [(-1, -1), (1, -1), (1, 1), (-1, 1)],
            1 => [(0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0)],
            2 => [(-1.2, -1), (1.2, -1), (0, 1.4)],
            _ => [(-1.2, 1), (1.2, 1), (0, -1.4)],
        };
        area.Canvas.SetFill(Color(series));
        area.Canvas.MoveTo(x + corners[0].X * Sign, y + corners[0].Y * Sign);
        foreach (var corner in corners.AsSpan(1))
            area.Canvas.LineTo(x + corner.X * Sign, y + corner.Y * Sign);
        area.Canvas.ClosePath();
        area.Canvas.Fill();
    }
}
