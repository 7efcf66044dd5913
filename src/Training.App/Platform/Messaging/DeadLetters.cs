using Microsoft.EntityFrameworkCore;
using Training.Data;
using Training.Data.Outbox;
using Training.Data.Scope;
using Training.Data.Writing;

namespace Training.App.Platform.Messaging;

/// <summary>One delivery that was given up.</summary>
/// <param name="Id">Its key, by which it is replayed.</param>
/// <param name="Consumer">The consumer; empty for one that could not be published.</param>
/// <param name="Message">The message type.</param>
/// <param name="CreatedAt">When it was promised.</param>
/// <param name="FailedAt">When it was given up.</param>
/// <param name="Attempts">Failed tries.</param>
/// <param name="Reason">Type of the last failure.</param>
internal sealed record DeadLetter(
    long Id, string Consumer, string Message, DateTimeOffset CreatedAt, DateTimeOffset FailedAt, int Attempts, string? Reason);

/// <summary>What the operator sees of deliveries that were given up, and how they are tried again.</summary>
internal sealed class DeadLetters(DbContextOptions<TrainingDbContext> options, IWriteGate gate, TimeProvider time, IRelaySignal relay)
{
    /// <summary>The oldest of them.</summary>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<DeadLetter>> ListAsync(int take, CancellationToken cancellationToken)
    {
        await using var db = new TrainingDbContext(options);
        return await db.Set<OutboxRow>().AsNoTracking().Where(row => row.State == DeliveryState.Dead).OrderBy(row => row.Id).Take(take)
            .Select(row => new DeadLetter(row.Id, row.Consumer, row.Type, row.CreatedAt, row.DueAt, row.Attempts, row.LastError))
            .ToListAsync(cancellationToken);
    }

    /// <summary>How many there are.</summary>
    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        await using var db = new TrainingDbContext(options);
        return await db.Set<OutboxRow>().CountAsync(row => row.State == DeliveryState.Dead, cancellationToken);
    }

    /// <summary>Tries again, with all tries anew.</summary>
    /// <param name="id">Which one; null for all.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>How many will be tried.</returns>
    public async Task<int> ReplayAsync(long? id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var replayed = await gate.WriteAsync<int>(
            AccessScope.None,
            async (session, token) => await session.Db.Set<OutboxRow>()
                .Where(row => row.State == DeliveryState.Dead && (id == null || row.Id == id))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.State, DeliveryState.Pending)
                        .SetProperty(row => row.Attempts, 0)
                        .SetProperty(row => row.DueAt, now),
                    token),
            cancellationToken);
        relay.Wake();
        return replayed.Value;
    }
}
