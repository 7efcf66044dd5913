using Training.App.Platform.Configuration;

namespace Training.App.Modules.Reporting.Schedules;

/// <summary>Looks every minute for schedules that are due.</summary>
internal sealed class ScheduleWorker(RunSchedules schedules, AppOptions options, TimeProvider time, ILogger<ScheduleWorker> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Roles.HasFlag(AppRoles.Worker)) return;
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Task.Yield(); // Not in the clock's own call: a clock that jumps gives one look then, not each missed one.
            try
            {
                await schedules.RunAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException) // The database may be away; the next minute tries again.
            {
                log.LogWarning("Scheduled reports could not be ordered: {Fault}", fault.GetType().Name);
            }
        }
    }
}
