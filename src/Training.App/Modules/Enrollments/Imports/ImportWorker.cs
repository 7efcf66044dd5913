using Training.App.Platform.Configuration;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>Tells the worker of this process that an import has work.</summary>
internal sealed class ImportSignal : IDisposable
{
    private readonly SemaphoreSlim wakes = new(0, 1);

    /// <summary>Wakes the worker; cheap.</summary>
    public void Wake()
    {
        try
        {
            wakes.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    /// <summary>Waits for a wake or the time to look anyway.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => wakes.WaitAsync(atMost, cancellationToken);

    public void Dispose() => wakes.Dispose();
}

/// <summary>
/// Works on one import at a time, reading and committing as its state says. What a killed process had in hand is taken up again when its
/// claim has run out.
/// </summary>
internal sealed class ImportWorker(
    ImportClaims claims, ReadImport reading, CommitImport committing, ImportSignal signal, AppOptions options, ILogger<ImportWorker> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Roles.HasFlag(AppRoles.Worker)) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await claims.NextAsync(stoppingToken) is { } import) await WorkAsync(import, stoppingToken);
                await signal.WaitAsync(LookEvery, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception broken) // The database may be away for minutes; the worker outlives that.
            {
                log.LogWarning("Looking for imports failed: {Failure}", broken.GetType().Name);
                await signal.WaitAsync(LookEvery, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WorkAsync(Import import, CancellationToken stoppingToken)
    {
        using var working = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var alive = StayAliveAsync(import, working);
        var broke = false;
        try
        {
            if (import.Status == ImportStatus.Reading) await reading.RunAsync(import, working.Token);
            else await committing.RunAsync(import, working.Token);
        }
        catch (OperationCanceledException)
        {
            // Stopped, or the claim was lost: whoever comes next goes on.
        }
        catch (Exception failure) // One broken list must not keep the others waiting.
        {
            broke = true;
            log.LogError("Import {Import} broke while {Status}, attempt {Attempt}: {Failure} at {Place}",
                import.Id, import.Status, import.Attempts, failure.GetType().Name, failure.StackTrace?.Split('\n')[0].Trim());
        }
        await working.CancelAsync();
        await alive;
        await claims.ReleaseAsync(import, broke, CancellationToken.None);
    }

    private async Task StayAliveAsync(Import import, CancellationTokenSource working)
    {
        using var timer = new PeriodicTimer(ImportClaims.Life / 3);
        try
        {
            while (await timer.WaitForNextTickAsync(working.Token))
            {
                if (await claims.KeepAsync(import, working.Token)) continue;
                await working.CancelAsync();
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // The work has ended.
        }
    }
}
