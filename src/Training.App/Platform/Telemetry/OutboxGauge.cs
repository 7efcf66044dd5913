using Microsoft.EntityFrameworkCore;
using Training.Data;
using Training.Data.Outbox;

namespace Training.App.Platform.Telemetry;

/// <summary>What waits for one consumer.</summary>
/// <param name="Consumer">The consumer; empty for what the broker is to carry.</param>
/// <param name="Waiting">Deliveries to be made.</param>
/// <param name="Age">Since when the oldest of them waits; null when none does.</param>
/// <param name="Dead">Deliveries given up.</param>
internal sealed record LaneState(string Consumer, int Waiting, TimeSpan? Age, int Dead);

/// <summary>How full the outbox is, consumer by consumer.</summary>
internal sealed class OutboxGauge(DbContextOptions<TrainingDbContext> options, TimeProvider time)
{
    /// <summary>Every consumer for which something waits or was given up.</summary>
    public async Task<IReadOnlyList<LaneState>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = new TrainingDbContext(options);
        var rows = await db.Set<OutboxRow>().GroupBy(row => new { row.Consumer, row.State })
            .Select(rows => new { rows.Key.Consumer, rows.Key.State, Count = rows.Count(), Oldest = rows.Min(row => row.CreatedAt) })
            .ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        return
        [
            .. from row in rows
               group row by row.Consumer into lane
               let waiting = lane.SingleOrDefault(row => row.State == DeliveryState.Pending)
               orderby lane.Key
               select new LaneState(
                   lane.Key, waiting?.Count ?? 0, waiting is null ? null : now - waiting.Oldest,
                   lane.Where(row => row.State == DeliveryState.Dead).Sum(row => row.Count)),
        ];
    }
}
