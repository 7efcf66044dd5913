using Training.App.Platform.Configuration;

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
internal sealed class ImportWorker(ImportWork work, ImportSignal signal, AppOptions options, ILogger<ImportWorker> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Roles.HasFlag(AppRoles.Worker)) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await work.NextAsync(stoppingToken))
                {
                }
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
}
