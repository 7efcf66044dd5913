using System.Globalization;
using System.Text;

namespace Training.App.Platform.Telemetry;

/// <summary>Writes measures as Prometheus reads them (text format 0.0.4).</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>The measures of this process, and how full the outbox is, which all processes share.</summary>
    public static string Write(MeterBook book, IReadOnlyList<LaneState> lanes, int certificatesWaiting, int changesWaiting)
    {
        var text = new StringBuilder();
        foreach (var ((name, labels), series) in book.Read())
        {
            lock (series)
            {
                if (series.IsHistogram) Histogram(text, name, labels, series);
                else Line(text, name, labels, series.Value);
            }
        }
        foreach (var lane in lanes)
        {
            var labels = $"consumer=\"{lane.Consumer}\"";
            Line(text, "training_outbox_waiting", labels, lane.Waiting);
            Line(text, "training_outbox_age_seconds", labels, lane.Age?.TotalSeconds ?? 0);
            Line(text, "training_outbox_dead", labels, lane.Dead);
        }
        Line(text, "training_certificates_waiting", "", certificatesWaiting);
        Line(text, "training_changes_waiting", "", changesWaiting);
        return text.ToString();
    }

    /// <summary>Prometheus knows letters, digits and underscores; the unit ends the name.</summary>
    public static string NameOf(string name, string? unit)
    {
        var plain = name.Replace('.', '_').Replace('-', '_');
        return unit switch
        {
            "s" => $"{plain}_seconds",
            "By" => $"{plain}_bytes",
            _ => plain,
        };
    }

    public static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty) return "";
        var labels = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            if (labels.Length > 0) labels.Append(',');
            var shown = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            labels.Append(name.Replace('.', '_')).Append("=\"")
                .Append(shown.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal))
                .Append('"');
        }
        return labels.ToString();
    }

    private static void Histogram(StringBuilder text, string name, string labels, MeterBook.Series series)
    {
        long count = 0;
        for (var i = 0; i < series.Buckets.Length; i++)
        {
            count += series.Buckets[i];
            var bound = i < MeterBook.Bounds.Length ? MeterBook.Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
            Line(text, $"{name}_bucket", $"{labels}{(labels.Length > 0 ? "," : "")}le=\"{bound}\"", count);
        }
        Line(text, $"{name}_sum", labels, series.Value);
        Line(text, $"{name}_count", labels, count);
    }

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}
