using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.StaticAssets;

namespace Training.App.Platform.Http;

/// <summary>How often one address may knock at the doors that need no account.</summary>
internal static class RateLimits
{
    /// <summary>Public verification of certificates.</summary>
    public const string Verification = nameof(Verification);

    /// <summary>Guesses at claim codes.</summary>
    public const string Claims = nameof(Claims);

    /// <summary>Sign-ins: each costs tens of milliseconds of processor time.</summary>
    public const string SignIn = nameof(SignIn);

    /// <summary>Receipts of the SMS gateway: many, from one address; whoever guesses at the secret is stopped all the same.</summary>
    public const string Receipts = nameof(Receipts);

    private static readonly TimeSpan BusyPause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Requests served at once. Beyond them a few wait, and the rest is sent away at once with a time to come back: served all together,
    /// everybody would wait until nobody waits any more.
    /// </summary>
    public static readonly int ServedMax = 64 * Environment.ProcessorCount;

    /// <summary>Requests that wait for a place.</summary>
    public static readonly int WaitingMax = 64 * Environment.ProcessorCount;

    public static void AddRateLimits(this IServiceCollection services)
    {
        services.AddSingleton<SharedKnocks>();
        services.AddHostedService<KnockSweep>();
        services.AddRateLimiter(Configure);
    }

    private static void Configure(RateLimiterOptions limiter)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = (rejected, _) =>
        {
            // Only a limit in time knows when it ends; the other one is that of places, and says that all are taken.
            var timed = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after);
            if (!timed) rejected.HttpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            var wait = timed ? after : BusyPause;
            rejected.HttpContext.Response.Headers.RetryAfter =
                Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => TakesPlace(context)
            ? RateLimitPartition.GetConcurrencyLimiter(
                "all", _ => new ConcurrencyLimiterOptions { PermitLimit = ServedMax, QueueLimit = WaitingMax, QueueProcessingOrder = QueueProcessingOrder.OldestFirst })
            : RateLimitPartition.GetNoLimiter("free"));
        Add(limiter, Verification, perMinute: 120, portion: 10);
        Add(limiter, Claims, perMinute: 20, portion: 1);
        Add(limiter, SignIn, perMinute: 30, portion: 1);
        Add(limiter, Receipts, perMinute: 1200, portion: 20);
    }

    /// <summary>
    /// What a machine asks of its health, what lies ready as a file, and an upload, which on a weak network would keep a place for minutes
    /// and is limited by its size.
    /// </summary>
    private static bool TakesPlace(HttpContext context) =>
        !context.Request.HasFormContentType && !context.Request.Path.StartsWithSegments("/health") && !context.Request.Path.StartsWithSegments("/metrics")
        && context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is null;

    private static void Add(RateLimiterOptions limiter, string policy, int perMinute, int portion) => limiter.AddPolicy(
        policy,
        context => policy != Verification && HttpMethods.IsGet(context.Request.Method)
            // To look at an empty form is no guess, and a whole town may share one address of its mobile network.
            ? RateLimitPartition.GetNoLimiter("reading")
            : RateLimitPartition.Get(
                AddressOf(context.Connection.RemoteIpAddress),
                address => new SharedLimiter(context.RequestServices.GetRequiredService<SharedKnocks>(), $"{policy} {address}", perMinute, portion)));

    /// <summary>One home holds a whole IPv6 network of 64 bits: the network counts, not the address.</summary>
    private static string AddressOf(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}
