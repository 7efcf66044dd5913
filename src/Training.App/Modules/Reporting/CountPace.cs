using System.Threading.RateLimiting;

namespace Training.App.Modules.Reporting;

/// <summary>
/// How fast sessions are counted: a house's evening at once, and a stream of marks at a pace that costs the figures a tenth of a
/// core, however many facilitators mark. Fifty a second are 180,000 sessions an hour, twenty times what the programmes hold.
/// </summary>
internal sealed class CountPace : IDisposable
{
    private const int AtOnce = 500;
    private const int PerTick = 5;
    private const int Waiting = 10_000;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly TokenBucketRateLimiter limiter = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = AtOnce,
        TokensPerPeriod = PerTick,
        ReplenishmentPeriod = Tick,
        QueueLimit = Waiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Waits for this process's turn.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        using var lease = await limiter.AcquireAsync(1, cancellationToken);
    }

    public void Dispose() => limiter.Dispose();
}
