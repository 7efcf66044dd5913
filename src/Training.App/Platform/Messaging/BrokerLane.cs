using System.Text.Json;
using Training.Data.Outbox;

namespace Training.App.Platform.Messaging;

/// <summary>Publishes events to the broker and removes them when it has confirmed them.</summary>
internal sealed class BrokerLane(
    EventRoutes routes, OutboxStore store, RabbitMqBus bus, BrokerSettings settings, TimeProvider time, ILogger<BrokerLane> log) : ILane
{
    private const int ClaimMax = 512;
    private const int InFlightMax = 64;

    // A newer version may have promised it and be about to publish it.
    private static readonly TimeSpan UnknownPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan UnknownMax = TimeSpan.FromMinutes(10);

    public string Consumer => OutboxRow.Broker;

    public bool IsOpen => bus.IsRunning;

    public async Task<bool> ServeAsync(CancellationToken stopping)
    {
        var rows = await store.ClaimAsync(Consumer, ClaimMax, alone: false, stopping);
        if (rows.Count == 0) return false;
        var settlement = new Settlement(time);
        using var lease = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        lease.CancelAfter(OutboxStore.Lease / 2);
        var failures = 0;
        await Parallel.ForEachAsync(rows, new ParallelOptions { MaxDegreeOfParallelism = InFlightMax }, async (row, _) =>
        {
            if (Read(row, settlement) is not { } message) return;
            try
            {
                // After the first failure the rest waits too: the broker is away, not the event at fault.
                if (Volatile.Read(ref failures) == 0)
                {
                    await bus.PublishAsync(message, message.GetType(), row.EventId, lease.Token);
                    settlement.Finish([row]);
                    return;
                }
            }
            catch (Exception fault) // Nothing may be lost for any reason: it is published again, under the same message id.
            {
                if (Interlocked.Increment(ref failures) == 1 && !stopping.IsCancellationRequested)
                    log.LogWarning("The broker does not take events now: {Fault}", FaultNames.Of(fault));
            }
            settlement.HandBack([row], stopping.IsCancellationRequested ? TimeSpan.Zero : settings.Reconnect);
        });
        await store.SettleAsync(settlement);
        return failures == 0 && rows.Count == ClaimMax && !stopping.IsCancellationRequested;
    }

    private object? Read(OutboxRow row, Settlement settlement)
    {
        if (!routes.Messages.TryGetValue(row.Type, out var type))
        {
            if (time.GetUtcNow() - row.CreatedAt < UnknownMax) settlement.HandBack([row], UnknownPause);
            else settlement.Bury([row], Reasons.UnknownMessage);
            return null;
        }
        try
        {
            if (JsonSerializer.Deserialize(row.Body, type, JsonSerializerOptions.Web) is { } message) return message;
        }
        catch (JsonException)
        {
            // Falls through to the same end as a null body.
        }
        log.LogError("Event {Id} is given up: the message cannot be read", row.Id);
        settlement.Bury([row], Reasons.UnreadableMessage);
        return null;
    }
}
