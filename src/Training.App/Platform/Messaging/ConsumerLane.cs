using System.Collections.Concurrent;
using System.Text.Json;
using MassTransit.Mediator;
using Training.Data.Outbox;
using Training.Data.Providers;

namespace Training.App.Platform.Messaging;

/// <summary>Dispatches one consumer's deliveries in process and removes them when it has finished.</summary>
internal sealed class ConsumerLane(
    ConsumerRoute route, OutboxStore store, IDatabaseProvider provider, IServiceScopeFactory scopes, TimeProvider time,
    ILogger<ConsumerLane> log) : ILane
{
    private const int ClaimMax = 1_024;

    // Fast consumers get large claims that share a commit; slow ones small claims, of which a crash repeats few.
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(250);

    private readonly Lazy<IMediator> mediator = new(() => route.CreateMediator(scopes));
    private readonly bool alone = !provider.SharedByWorkers;
    private int take = 16;

    public string Consumer => route.Name;

    public bool IsOpen => true;

    public async Task<bool> ServeAsync(CancellationToken stopping)
    {
        var rows = await store.ClaimAsync(route.Name, take, alone, stopping);
        if (rows.Count == 0) return false;
        var full = rows.Count == take;
        var start = time.GetTimestamp();
        var settlement = new Settlement(time);
        var untried = new ConcurrentDictionary<Delivery, bool>(Prepare(rows, settlement).Select(delivery => KeyValuePair.Create(delivery, true)));
        try
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = route.Concurrency };
            await Parallel.ForEachAsync(untried.Keys.OrderBy(delivery => delivery.Rows[^1].Id), parallel, async (delivery, _) =>
            {
                if (stopping.IsCancellationRequested || (!alone && time.GetElapsedTime(start) > OutboxStore.Lease / 2)) return;
                if (await DeliverAsync(delivery, settlement, stopping)) untried.TryRemove(delivery, out var _);
            });
        }
        finally
        {
            if (!alone) settlement.HandBack([.. untried.Keys.SelectMany(delivery => delivery.Rows)], TimeSpan.Zero);
            await store.SettleAsync(settlement);
        }
        take = time.GetElapsedTime(start) < Short ? Math.Min(take * 2, ClaimMax) : Math.Max(take / 2, route.Concurrency);
        return full && !stopping.IsCancellationRequested;
    }

    private List<Delivery> Prepare(IReadOnlyList<OutboxRow> rows, Settlement settlement)
    {
        var deliveries = new List<Delivery>(rows.Count);
        var byKey = new Dictionary<string, Delivery>();
        using var scope = route.Coalesces ? scopes.CreateScope() : null;
        foreach (var row in rows)
        {
            try
            {
                var message = route.Read(row.Body);
                var delivery = new Delivery(message, row.EventId, [row]);
                if (scope is not null)
                {
                    // The last one takes the place of the earlier ones, and they share its fate.
                    var key = route.KeyOf(scope.ServiceProvider, message);
                    if (byKey.Remove(key, out var earlier))
                    {
                        deliveries.Remove(earlier);
                        delivery = delivery with { Rows = [.. earlier.Rows, row] };
                    }
                    byKey.Add(key, delivery);
                }
                deliveries.Add(delivery);
            }
            catch (JsonException)
            {
                log.LogError("Delivery {Id} to {Consumer} is given up: the message cannot be read", row.Id, route.Name);
                settlement.Bury([row], Reasons.UnreadableMessage);
            }
            catch (Exception fault) // A consumer that cannot name a key fails that delivery, not the lane.
            {
                Fail([row], fault, settlement);
            }
        }
        return deliveries;
    }

    /// <summary>Tries once.</summary>
    /// <returns>False when the stop came between.</returns>
    private async Task<bool> DeliverAsync(Delivery delivery, Settlement settlement, CancellationToken stopping)
    {
        try
        {
            await route.SendAsync(mediator.Value, delivery.Message, delivery.EventId, stopping);
            settlement.Finish(delivery.Rows);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception fault) // Whatever a consumer throws is its delivery's failure, and no other's.
        {
            Fail(delivery.Rows, fault, settlement);
        }
        return true;
    }

    private void Fail(IReadOnlyList<OutboxRow> rows, Exception fault, Settlement settlement)
    {
        var dead = settlement.Fail(rows, FaultNames.Of(fault));
        log.Log(
            dead ? LogLevel.Error : LogLevel.Warning, "Delivery {Id} to {Consumer} failed on try {Try}{Outcome}: {Fault}",
            rows[^1].Id, route.Name, rows.Max(row => row.Attempts) + 1, dead ? " and is given up" : "", FaultNames.Describe(fault));
    }

    private sealed record Delivery(object Message, Guid EventId, IReadOnlyList<OutboxRow> Rows);
}
