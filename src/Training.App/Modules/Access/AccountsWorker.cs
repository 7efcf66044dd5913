using Training.App.Modules.Access.People;
using Training.App.Platform.Configuration;

namespace Training.App.Modules.Access;

/// <summary>Looks once a day for accounts that nobody uses and for records that end soon.</summary>
internal sealed class AccountsWorker(
    DormantAccounts accounts, SafeguardingReminders reminders, AppOptions options, TimeProvider time, ILogger<AccountsWorker> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Roles.HasFlag(AppRoles.Worker)) return;
        using var timer = new PeriodicTimer(TimeSpan.FromDays(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await accounts.RunAsync(stoppingToken);
                await reminders.RunAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException) // The database may be away; the next day tries again.
            {
                log.LogWarning("Accounts could not be looked through: {Fault}", fault.GetType().Name);
            }
        }
    }
}
