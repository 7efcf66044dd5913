using Training.App.Platform.Configuration;
using Training.App.Platform.Security;
using Training.Data.Audit;
using Training.Data.Providers;
using Training.Data.Writing;

namespace Training.App.Platform.Audit;

/// <summary>Seals the trail in batches, away from those who make changes. Each seal is also said in the log, which lies outside the database.</summary>
internal sealed class AuditSealer(AppOptions options, SystemSecrets secrets, IWriteGate gate, IDatabaseProvider provider, TimeProvider time, ILogger<AuditSealer> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    /// <summary>Where several processes write, a key may become visible after a higher one; no change of ours is that long.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    /// <summary>Seals all that waits and has settled.</summary>
    /// <returns>How many entries were sealed.</returns>
    public async Task<int> SealAsync(CancellationToken cancellationToken)
    {
        var chain = new AuditChain(await secrets.GetAsync(SystemSecrets.AuditTrail, cancellationToken));
        var entries = 0;
        var now = time.GetUtcNow();
        var until = options.Provider == "Sqlite" ? DateTimeOffset.MaxValue : now - Settled;
        try
        {
            while (await chain.SealNextAsync(gate, until, now, cancellationToken) is { } seal)
            {
                entries += seal.Count;
                log.LogInformation("Audit seal {Number} of {Count} entries: {Hash}", seal.Number, seal.Count, seal.Hash);
            }
        }
        catch (Exception lost) when (provider.UniqueViolation(lost) == "AuditSeals")
        {
            // Another process made this seal.
        }
        return entries;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Roles.HasFlag(AppRoles.Worker)) return;
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Task.Yield(); // Not in the clock's own call: a clock that jumps gives one look then, not each missed one.
            try
            {
                await SealAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException) // The database may be away; the next look seals more.
            {
                log.LogWarning("The audit trail could not be sealed: {Fault}", fault.GetType().Name);
            }
        }
    }
}
