using Training.App.Platform.Configuration;
using Training.Domain.Certificates;

namespace Training.App.Modules.Certificates;

/// <summary>Sweeps at start and on a timer, in small steps with pauses, so that nobody waits for it.</summary>
internal sealed class CertificateReconciler(
    IServiceScopeFactory scopes, AppOptions options, TimeProvider time, ILogger<CertificateReconciler> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    /// <summary>A step is followed by a pause of this many times its length.</summary>
    private const int PauseFactor = 3;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Roles.HasFlag(AppRoles.Worker)) return;
        await Task.Yield();
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException) // The next round begins afresh.
            {
                log.LogError("Looking for missing certificates failed: {Fault}", fault.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        if (await InScopeAsync<IssuingControl, bool>(control => control.IsPausedAsync(cancellationToken))) return;
        var asked = await InScopeAsync<CertificateSweep, int>(sweep => sweep.AskForDocumentsAsync(CertificateSweep.Grace, cancellationToken));
        var added = 0;
        // A round that a restart or a pause broke off goes on where it was.
        int? next = (await InScopeAsync<IssuingControl, IssuingState>(control => control.ReadAsync(cancellationToken))).Reached;
        while (next is { } after)
        {
            var start = time.GetTimestamp();
            (next, var found) = await InScopeAsync<CertificateSweep, (int?, int)>(sweep => sweep.AssessNextAsync(after, cancellationToken));
            added += found;
            if (await InScopeAsync<IssuingControl, bool>(control => control.ReachAsync(next ?? 0, cancellationToken))) break;
            if (next is not null) await Task.Delay(time.GetElapsedTime(start) * PauseFactor, time, cancellationToken);
        }
        if (asked + added > 0) log.LogInformation("Asked again for {Documents} documents, added {Certificates} certificates", asked, added);
    }

    private async Task<T> InScopeAsync<TWorker, T>(Func<TWorker, Task<T>> work)
        where TWorker : notnull
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TWorker>());
    }
}
