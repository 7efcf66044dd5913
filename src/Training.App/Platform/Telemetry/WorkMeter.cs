using System.Diagnostics.Metrics;
using Training.Data.Writing;

namespace Training.App.Platform.Telemetry;

/// <summary>
/// What waits in the database, for a collector that is sent to and does not ask: looked at now and then, since a measure may not wait for
/// a query.
/// </summary>
internal sealed class WorkMeter(OutboxGauge outbox, CertificateQueue certificates, IWriteGate gate, TimeProvider time, ILogger<WorkMeter> log) : BackgroundService
{
    /// <summary>Name of the meter; the page for Prometheus asks the database itself.</summary>
    public const string Name = "Training.Work";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    private IReadOnlyList<LaneState> lanes = [];
    private int certificatesWaiting;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var meter = new Meter(Name);
        meter.CreateObservableGauge("training.outbox.waiting", () => Of(lane => (long)lane.Waiting));
        meter.CreateObservableGauge("training.outbox.age", () => Of(lane => lane.Age?.TotalSeconds ?? 0), unit: "s");
        meter.CreateObservableGauge("training.outbox.dead", () => Of(lane => (long)lane.Dead));
        meter.CreateObservableGauge("training.certificates.waiting", () => certificatesWaiting);
        meter.CreateObservableGauge("training.changes.waiting", () => gate.Waiting);
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            try
            {
                lanes = await outbox.ReadAsync(stoppingToken);
                certificatesWaiting = await certificates.CountAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException) // The last figures stand; the health page says what is wrong.
            {
                log.LogWarning("What waits could not be counted: {Fault}", fault.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private IEnumerable<Measurement<T>> Of<T>(Func<LaneState, T> value)
        where T : struct => lanes.Select(lane => new Measurement<T>(value(lane), new KeyValuePair<string, object?>("consumer", lane.Consumer)));
}
