using Training.Pdf.Layout;

namespace Training.Pdf.Charts;

/// <summary>
/// Lying bars, one row for each category with its name in front, so that long names stay readable; the value stands at the end of
/// its bar.
/// </summary>
/// <param name="alternative">What the chart says, in words.</param>
/// <param name="categories">Names of the rows.</param>
/// <param name="series">One to four.</param>
public sealed class BarChart(string alternative, IReadOnlyList<string> categories, params IReadOnlyList<ChartSeries> series)
    : Chart(alternative, categories, series)
{
    private const double Bar = 9, Gap = 6, LegendHeight = 18;

    private double Top => Series.Count > 1 ? LegendHeight : 0;

    internal override double HeightFor(double width) => Top + Categories.Count * RowHeight;

    private double RowHeight => Series.Count * Bar + Gap;

    internal override void Draw(ChartArea area)
    {
        if (Series.Count > 1)
            area.Legend(Series, (i, along, up) => area.Box(along - 4, up - 4, 8, 8, Color(i)));
        var names = Math.Min(area.Width * 0.35, Categories.Max(area.WidthOf) + 2);
        var values = Series.SelectMany(one => one.Values).Max(value => value is { } number ? area.WidthOf(Format(number)) : 0) + 6;
        double start = names + 6, length = area.Width - start - values, row = (area.Height - Top) / Categories.Count;
        var scale = Largest > 0 ? length / Largest : 0;
        for (var category = 0; category < Categories.Count; category++)
        {
            var top = area.Height - Top - category * row;
            area.Text(Categories[category], 0, top - row / 2, names, TextAlign.Start);
            for (var i = 0; i < Series.Count; i++)
            {
                if (Series[i].Values[category] is not { } value)
                    continue;
                var up = top - (row - Series.Count * Bar) / 2 - (i + 1) * Bar;
                area.Box(start, up + 0.5, Math.Max(0.6, value * scale), Bar - 1, Color(i));
                area.Text(Format(value), start + value * scale + 4, up + Bar / 2, values, TextAlign.Start);
            }
        }

        area.Grid(start, 0, start, area.Height - Top);
    }
}
