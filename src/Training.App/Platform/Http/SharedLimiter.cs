using System.Threading.RateLimiting;
using Training.Data.Writing;

namespace Training.App.Platform.Http;

/// <summary>
/// How often one address may knock at one door in a minute, at all processes together. It takes knocks from the common count in portions;
/// what one process has taken and not used is lost to the others for that minute, so that the limit is never passed and may be met a
/// portion too early. Whoever is refused costs the database nothing more in that minute.
/// </summary>
/// <param name="knocks">The common count.</param>
/// <param name="who">Door and address.</param>
/// <param name="perMinute">The limit.</param>
/// <param name="portion">How many are taken at once; it divides the limit.</param>
internal sealed class SharedLimiter(SharedKnocks knocks, string who, int perMinute, int portion) : RateLimiter
{
    private readonly Lock counting = new();
    private int minute = -1;
    private int held;
    private int used;
    private bool refused;
    private long touched = Environment.TickCount64;

    public override TimeSpan? IdleDuration
    {
        get
        {
            // What was taken or refused in this minute is remembered to its end.
            lock (counting) return minute == knocks.Minute ? null : TimeSpan.FromMilliseconds(Environment.TickCount64 - touched);
        }
    }

    public override RateLimiterStatistics? GetStatistics() => null;

    /// <summary>From what is held; without it the middleware goes on to <see cref="AcquireAsyncCore"/>.</summary>
    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (counting)
        {
            Turn();
            if (held == 0) return Refusal();
            held--;
            used++;
            return Knock.Granted;
        }
    }

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        int now;
        lock (counting)
        {
            Turn();
            if (refused) return Refusal();
            now = minute;
        }
        bool? taken;
        try
        {
            taken = await knocks.TakeAsync(who, now, portion, perMinute, cancellationToken);
        }
        catch (Exception away) when (away is GateBusyException or StorageAwayException)
        {
            taken = null; // Then this process counts for itself, as one alone does.
        }
        lock (counting)
        {
            Turn();
            if (taken == false && minute == now) refused = true;
            if (taken == false || (taken is null && used >= perMinute)) return Refusal();
            if (taken == true && minute == now) held += portion - 1;
            used++;
            return Knock.Granted;
        }
    }

    private void Turn()
    {
        touched = Environment.TickCount64;
        if (knocks.Minute is var now && now == minute) return;
        (minute, held, used, refused) = (now, 0, 0, false);
    }

    private Knock Refusal() => new(knocks.Rest);

    private sealed class Knock(TimeSpan? after) : RateLimitLease
    {
        public static readonly Knock Granted = new(null);

        public override bool IsAcquired => after is null;

        public override IEnumerable<string> MetadataNames => after is null ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = after;
            return after is not null && metadataName == MetadataName.RetryAfter.Name;
        }
    }
}
