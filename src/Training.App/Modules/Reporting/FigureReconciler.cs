using Training.App.Platform.Configuration;
using Training.App.Platform.Messaging;

namespace Training.App.Modules.Reporting;

/// <summary>Looks for figures that fell behind, at start and on a timer.</summary>
internal sealed class FigureReconciler(
    IServiceScopeFactory scopes, AppOptions options, TimeProvider time, ILogger<FigureReconciler> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Roles.HasFlag(AppRoles.Worker)) return;
        await Task.Yield();
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var (sessions, places) = await scope.ServiceProvider.GetRequiredService<FigureSweep>().SweepAsync(stoppingToken);
                if (sessions + places > 0) log.LogInformation("Asked again for the figures of {Sessions} sessions and {Places} places", sessions, places);
            }
            catch (Exception fault) when (fault is not OperationCanceledException) // The next round begins afresh.
            {
                log.LogError("Looking for figures that fell behind failed: {Fault}", FaultNames.Of(fault));
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
