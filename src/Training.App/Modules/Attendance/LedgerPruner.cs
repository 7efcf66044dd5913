using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Configuration;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Attendance;

namespace Training.App.Modules.Attendance;

/// <summary>Lets the mark ids of long closed sessions go. Who marked and when stays.</summary>
internal sealed class LedgerPruner(
    AppOptions options, IServiceScopeFactory scopes, IWriteGate gate, TimeProvider time, ILogger<LedgerPruner> log) : BackgroundService
{
    private const int SessionsAtOnce = 200;

    /// <summary>Prunes all that has had its time.</summary>
    /// <returns>How many batches were emptied.</returns>
    public async Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - MarkBatch.IdsKept;
        var pruned = 0;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ReadDb>();
        while (true)
        {
            var due = await db.Set<Session>()
                .Where(row => row.Status == SessionStatus.Closed && row.ClosedAt < before && db.Set<MarkBatch>().Any(batch => batch.SessionId == row.Id && batch.Marks != null))
                .Select(row => row.Id).Take(SessionsAtOnce).ToListAsync(cancellationToken);
            if (due.Count == 0) return pruned;
            var emptied = await gate.WriteAsync<int>(
                AccessScope.Whole,
                async (write, token) => await write.Db.Set<MarkBatch>().Where(row => due.Contains(row.SessionId) && row.Marks != null)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.Marks, (byte[]?)null), token),
                cancellationToken);
            pruned += emptied.Value;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Roles.HasFlag(AppRoles.Worker)) return;
        using var timer = new PeriodicTimer(TimeSpan.FromHours(24), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Task.Yield(); // Not in the clock's own call: a clock that jumps over months gives one look then, not each missed one.
            try
            {
                var pruned = await PruneAsync(stoppingToken);
                if (pruned > 0) log.LogInformation("The mark ids of {Count} requests were let go", pruned);
            }
            catch (Exception fault) when (fault is not OperationCanceledException) // The database may be away; the next day tries again.
            {
                log.LogWarning("Old mark ids could not be let go: {Fault}", fault.GetType().Name);
            }
        }
    }
}
