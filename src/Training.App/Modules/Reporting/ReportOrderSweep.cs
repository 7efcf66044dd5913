using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Configuration;
using Training.App.Platform.Files;
using Training.App.Platform.Messaging;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Reporting;

namespace Training.App.Modules.Reporting;

/// <summary>Lets ordered reports and their files go when their time is over.</summary>
internal sealed class ReportOrderSweep(
    AppOptions options, IServiceScopeFactory scopes, IWriteGate gate, IFileStore files, TimeProvider time, ILogger<ReportOrderSweep> log) : BackgroundService
{
    /// <summary>Removes what has expired.</summary>
    /// <returns>How many orders went.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var (before, scheduledBefore) = (time.GetUtcNow() - ReportOrder.Life, time.GetUtcNow() - ReportOrder.ScheduledLife);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ReadDb>();
        var expired = await db.Set<ReportOrder>().Where(row => row.OrderedAt <= (row.ScheduleId == null ? before : scheduledBefore)).Select(row => new { row.Id, row.FileHash }).ToListAsync(cancellationToken);
        if (expired.Count == 0) return 0;
        var ids = expired.Select(row => row.Id).ToArray();
        await gate.WriteAsync<int>(
            AccessScope.Whole, async (write, token) => await write.Db.Set<ReportOrder>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(token), cancellationToken);
        foreach (var hash in expired.Select(row => row.FileHash).OfType<string>().Distinct())
        {
            // The same figures in the same words are one file, whoever ordered it.
            if (!await db.Set<ReportOrder>().AnyAsync(row => row.FileHash == hash, cancellationToken)) files.Delete(hash);
        }
        return expired.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Roles.HasFlag(AppRoles.Worker)) return;
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Task.Yield(); // Not in the clock's own call: a clock that jumps gives one look then, not each missed one.
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException) // The database may be away; the next hour tries again.
            {
                log.LogWarning("Ordered reports could not be let go: {Fault}", FaultNames.Describe(fault));
            }
        }
    }
}
