using System.Globalization;
using Training.Pdf.Writing;

namespace Training.Pdf.Charts;

/// <summary>Values of one kind, one for each category; null where there is none.</summary>
public sealed record ChartSeries(string Name, IReadOnlyList<double?> Values);

/// <summary>A chart with its text for those who do not see it. Charts of right-to-left documents run from the right.</summary>
public abstract class Chart
{
    // Told apart by tone as well as by colour, so that a grey print can be read.
    private static readonly PdfColor[] Palette =
        [PdfColor.FromRgb(0x0B5A3C), PdfColor.FromRgb(0xD9A441), PdfColor.FromRgb(0x9C2B35), PdfColor.FromRgb(0x6FA8DC)];

    private static readonly NumberFormatInfo Numbers = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "\u00A0" };

    private protected Chart(string alternative, IReadOnlyList<string> categories, IReadOnlyList<ChartSeries> series)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(alternative);
        ArgumentNullException.ThrowIfNull(categories);
        ArgumentNullException.ThrowIfNull(series);
        if (categories.Count == 0 || series.Count is 0 or > 4 || series.Any(one => one.Values.Count != categories.Count))
            throw new ArgumentException("A chart needs categories and one to four series with a value, or null, for each of them.");
        if (series.SelectMany(one => one.Values).Any(value => value is { } number && !(number >= 0 && number < 1e12)))
            throw new ArgumentException("Charts show values from 0 to below a million million.", nameof(series));
        (Alternative, Categories, Series) = (alternative, categories, series);
    }

    /// <summary>What the chart says, in words.</summary>
    public string Alternative { get; }

    public IReadOnlyList<string> Categories { get; }

    public IReadOnlyList<ChartSeries> Series { get; }

    /// <summary>How values are written; by default with a comma and at most two decimals.</summary>
    public Func<double, string> Format { get; init; } = value => value.ToString("#,0.##", Numbers);

    internal abstract double HeightFor(double width);

    internal abstract void Draw(ChartArea area);

    private protected static PdfColor Color(int series) => Palette[series];

    private protected double Largest => Series.SelectMany(one => one.Values).Max() ?? 0;

    /// <summary>Distance of the marks on the axis: 1, 2 or 5 times a power of ten, so that about five fit.</summary>
    internal static double Step(double largest)
    {
        if (largest <= 0)
            return 1;
        var raw = largest / 5;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return power * (raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
    }
}
