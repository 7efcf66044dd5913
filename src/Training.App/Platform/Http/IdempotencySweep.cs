using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Configuration;
using Training.Data.Platform;
using Training.Data.Scope;
using Training.Data.Writing;

namespace Training.App.Platform.Http;

/// <summary>Removes answers that were kept for their time.</summary>
internal sealed class IdempotencySweep(AppOptions options, IWriteGate gate, TimeProvider time, ILogger<IdempotencySweep> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Roles.HasFlag(AppRoles.Worker)) return;
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var before = time.GetUtcNow() - Idempotency.Life;
                await gate.WriteAsync<int>(
                    AccessScope.None,
                    async (session, token) => await session.Db.Set<IdempotencyRow>().Where(row => row.CreatedAt < before).ExecuteDeleteAsync(token),
                    stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException) // The database may be away; the next hour tries again.
            {
                log.LogWarning("Old answers could not be removed: {Fault}", fault.GetType().Name);
            }
        }
    }
}
