using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Training.App.Platform.Telemetry;

/// <summary>Adds up what the process measures, from its start: our own meter, the web server's and the run time's.</summary>
internal sealed class MeterBook : IDisposable
{
    /// <summary>The meters of interest.</summary>
    public static readonly string[] Meters = [Measures.Meter, "Microsoft.AspNetCore.Hosting", "System.Runtime"];

    /// <summary>Upper bounds in seconds; every histogram among the meters is one of times.</summary>
    public static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly ConcurrentDictionary<(string Name, string Labels), Series> series = new();
    private readonly MeterListener listener = new();

    public MeterBook()
    {
        listener.InstrumentPublished = (instrument, book) =>
        {
            if (Meters.Contains(instrument.Meter.Name)) book.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();
    }

    /// <summary>Everything measured so far, by name.</summary>
    public IReadOnlyList<((string Name, string Labels) Key, Series Series)> Read()
    {
        listener.RecordObservableInstruments();
        return [.. series.OrderBy(entry => entry.Key.Name, StringComparer.Ordinal).Select(entry => (entry.Key, entry.Value))];
    }

    public void Dispose() => listener.Dispose();

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var kind = instrument.GetType().GetGenericTypeDefinition();
        var isHistogram = kind == typeof(Histogram<>);
        var isSum = kind == typeof(Counter<>) || kind == typeof(UpDownCounter<>);
        var key = (PrometheusText.NameOf(instrument.Name, instrument.Unit), PrometheusText.LabelsOf(tags));
        var known = series.GetOrAdd(key, _ => new Series(isHistogram));
        lock (known)
        {
            if (isHistogram) known.Observe(value);
            else if (isSum) known.Value += value;
            else known.Value = value;
        }
    }

    /// <summary>One line, or the lines of one histogram.</summary>
    internal sealed class Series(bool isHistogram)
    {
        /// <summary>True for a histogram.</summary>
        public bool IsHistogram => isHistogram;

        /// <summary>The sum of a counter, the last value of a gauge, the sum of a histogram.</summary>
        public double Value { get; set; }

        /// <summary>How many values a histogram has seen, by bound; the last is those above all.</summary>
        public long[] Buckets { get; } = isHistogram ? new long[Bounds.Length + 1] : [];

        public void Observe(double value)
        {
            Value += value;
            var place = Array.FindIndex(Bounds, bound => value <= bound);
            Buckets[place < 0 ? Bounds.Length : place]++;
        }
    }
}
