using System.Collections.Concurrent;
using System.Diagnostics;
using Training.App.Platform.Configuration;

namespace Training.App.Platform.Messaging;

/// <summary>
/// Carries deliveries from the outbox to their consumers: at once after a commit of this process, else at the next look. It runs
/// in worker processes.
/// </summary>
internal sealed class Relay(
    AppOptions options, Lanes lanes, OutboxStore store, RelaySignal signal, TimeProvider time, ILogger<Relay> log) : BackgroundService
{
    /// <summary>How often the outbox is looked at without a wake: for retries, and for what other processes have written.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Least distance of two rounds. What is promised within it shares one claim, one delivery a key and one commit, which under a
    /// stream of registrations leaves a third of the processor to them; an event that comes alone is carried at once.
    /// </summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan TidyEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan UnknownMax = TimeSpan.FromMinutes(10);

    private readonly ConcurrentQueue<ILane> freed = new();
    private readonly SemaphoreSlim slots = new(Math.Max(4, Environment.ProcessorCount * 2));

    public override void Dispose()
    {
        slots.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Roles.HasFlag(AppRoles.Worker)) return;
        await Task.Yield();
        var idle = lanes.All.ToDictionary(lane => lane.Consumer);
        var running = new List<Task>();
        // By a clock that nobody sets: the other one may be what has gone wrong.
        long? tidied = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            while (freed.TryDequeue(out var lane)) idle.Add(lane.Consumer, lane);
            running.RemoveAll(task => task.IsCompleted);
            try
            {
                foreach (var consumer in await store.ReadyAsync([.. idle.Values.Where(lane => lane.IsOpen).Select(lane => lane.Consumer)], stoppingToken))
                {
                    if (idle.Remove(consumer, out var lane)) running.Add(ServeAsync(lane, stoppingToken));
                }
                if (tidied is not { } last || time.GetElapsedTime(last) >= TidyEvery)
                {
                    tidied = time.GetTimestamp();
                    await TidyAsync(stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault) // The database may be away for a while; deliveries must go on when it is back.
            {
                log.LogError("The outbox could not be read: {Fault}", FaultNames.Describe(fault));
            }
            await signal.WaitAsync(Look, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var early = Pace - Stopwatch.GetElapsedTime(began);
            if (early > TimeSpan.Zero) await Task.Delay(early, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await Task.WhenAll(running);
    }

    private async Task ServeAsync(ILane lane, CancellationToken stopping)
    {
        try
        {
            bool more;
            do
            {
                await slots.WaitAsync(stopping);
                try
                {
                    more = await lane.ServeAsync(stopping);
                }
                finally
                {
                    slots.Release();
                }
            }
            while (more);
            freed.Enqueue(lane);
            signal.Wake(); // Something may have been promised between its last claim and now.
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What was not served waits in the outbox for the next start.
        }
        catch (Exception fault) // One lane's trouble must not stop the others, nor itself for good: the next look begins anew.
        {
            freed.Enqueue(lane);
            log.LogError("Deliveries to {Consumer} are interrupted: {Fault}", lane.Consumer, FaultNames.Describe(fault));
        }
    }

    private async Task TidyAsync(CancellationToken stopping)
    {
        var known = lanes.All.Select(lane => lane.Consumer).ToArray();
        var buried = await store.BuryUnknownAsync(known, time.GetUtcNow() - UnknownMax, stopping);
        if (buried > 0) log.LogError("{Count} deliveries to consumers that no longer exist are given up", buried);
        var recalled = await store.RecallAsync(stopping);
        if (recalled > 0)
        {
            log.LogWarning("The clock was set back: {Count} deliveries that waited for its old time are due now", recalled);
            signal.Wake();
        }
    }
}
