using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Training.App.Platform.Telemetry;

/// <summary>What the system counts of its own work; nothing here can be tied to a person.</summary>
internal static class Measures
{
    /// <summary>Name of the meter, for whoever collects.</summary>
    public const string Meter = "Training";

    /// <summary>Work outside requests; without somebody who listens nothing is made.</summary>
    public static readonly ActivitySource Work = new(Meter);

    private static readonly Meter Own = new(Meter);

    /// <summary>Children enrolled one by one.</summary>
    public static readonly Counter<long> Registrations = Own.CreateCounter<long>("training.registrations");

    /// <summary>Rows of lists that became enrollments.</summary>
    public static readonly Counter<long> ImportedRows = Own.CreateCounter<long>("training.imported_rows");

    /// <summary>Marks that met another one and wait for a person.</summary>
    public static readonly Counter<long> SyncConflicts = Own.CreateCounter<long>("training.sync_conflicts");

    /// <summary>Certificates whose document was stored.</summary>
    public static readonly Counter<long> Certificates = Own.CreateCounter<long>("training.certificates");

    /// <summary>Time to draw and seal one document.</summary>
    public static readonly Histogram<double> RenderTime = Own.CreateHistogram<double>("training.render_time", unit: "s");
}
