using Microsoft.EntityFrameworkCore;
using Training.Data;
using Training.Data.Outbox;
using Training.Data.Providers;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;

namespace Training.App.Platform.Messaging;

/// <summary>The relay's view of the outbox table.</summary>
internal sealed class OutboxStore(
    IWriteGate gate, IDatabaseProvider provider, DbContextOptions<TrainingDbContext> options, TimeProvider time)
{
    /// <summary>How long a claim keeps rows from other processes; when its owner dies they are free again after that.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>Which of the consumers have a delivery that is due.</summary>
    public async Task<IReadOnlyList<string>> ReadyAsync(IReadOnlyCollection<string> consumers, CancellationToken cancellationToken)
    {
        if (consumers.Count == 0) return [];
        await using var db = Open();
        return await OutboxQueries.Ready(db, consumers, time.GetUtcNow()).ToListAsync(cancellationToken);
    }

    /// <summary>Takes due deliveries of one consumer, oldest first.</summary>
    /// <param name="consumer">The consumer.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="alone">True when no other process takes this consumer's rows, so that nothing need be written.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<OutboxRow>> ClaimAsync(string consumer, int take, bool alone, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (alone)
        {
            await using var db = Open();
            return await db.Set<OutboxRow>().AsNoTracking()
                .Where(row => row.State == DeliveryState.Pending && row.Consumer == consumer && row.DueAt <= now)
                .OrderBy(row => row.DueAt).ThenBy(row => row.Id).Take(take).ToListAsync(cancellationToken);
        }
        var claimed = await gate.WriteUnhurriedAsync<IReadOnlyList<OutboxRow>>(
            AccessScope.None,
            async (session, token) => Result(await provider.ClaimDeliveriesAsync(session.Db, consumer, take, now, now + Lease, token)),
            cancellationToken);
        return [.. claimed.Value.OrderBy(row => row.Id)];
    }

    /// <summary>Writes down what came of deliveries, in one change.</summary>
    public async Task SettleAsync(Settlement settlement)
    {
        if (settlement.IsEmpty) return;
        var (finished, failed) = settlement.TakeAll();
        await gate.WriteUnhurriedAsync<Done>(
            AccessScope.None,
            async (session, token) =>
            {
                var rows = session.Db.Set<OutboxRow>();
                if (finished.Length > 0) await rows.Where(row => finished.Contains(row.Id)).ExecuteDeleteAsync(token);
                foreach (var failure in failed)
                {
                    var ids = failure.Ids;
                    await rows.Where(row => ids.Contains(row.Id)).ExecuteUpdateAsync(
                        set => set.SetProperty(row => row.Attempts, failure.Attempts)
                            .SetProperty(row => row.DueAt, failure.DueAt)
                            .SetProperty(row => row.State, failure.Dead ? DeliveryState.Dead : DeliveryState.Pending)
                            .SetProperty(row => row.LastError, failure.Error),
                        token);
                }
                return default(Done);
            },
            CancellationToken.None); // A stop must not undo what consumers have finished.
    }

    /// <summary>Replaces rows meant for a broker by one row per consumer, for a system that has left its broker.</summary>
    public Task SpreadAsync(IReadOnlyCollection<OutboxRow> rows, EventRoutes routes, CancellationToken cancellationToken) =>
        gate.WriteUnhurriedAsync<Done>(
            AccessScope.None,
            async (session, token) =>
            {
                var ids = rows.Select(row => row.Id).ToArray();
                await session.Db.Set<OutboxRow>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(token);
                foreach (var row in rows)
                {
                    foreach (var consumer in routes.ConsumersOf(row.Type))
                    {
                        session.Rows.Insert(new OutboxRow
                        {
                            EventId = row.EventId,
                            Type = row.Type,
                            Consumer = consumer,
                            Body = row.Body,
                            CreatedAt = row.CreatedAt,
                            DueAt = row.CreatedAt,
                        });
                    }
                }
                return default(Done);
            },
            cancellationToken);

    /// <summary>Gives up deliveries to consumers that no longer exist.</summary>
    /// <param name="known">Consumers that exist.</param>
    /// <param name="before">Younger rows are left alone: a newer version may have written them and be about to serve them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many were given up.</returns>
    public async Task<int> BuryUnknownAsync(IReadOnlyCollection<string> known, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var names = known.ToArray();
        await using var db = Open();
        if (!await Unknown(db).AnyAsync(cancellationToken)) return 0;
        var buried = await gate.WriteUnhurriedAsync<int>(
            AccessScope.None,
            async (session, token) => await Unknown(session.Db).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, DeliveryState.Dead).SetProperty(row => row.LastError, Reasons.UnknownConsumer), token),
            cancellationToken);
        return buried.Value;

        IQueryable<OutboxRow> Unknown(TrainingDbContext context) => context.Set<OutboxRow>()
            .Where(row => row.State == DeliveryState.Pending && !names.Contains(row.Consumer) && row.CreatedAt < before);
    }

    /// <summary>
    /// Makes due what would wait for longer than any pause lasts: its time was written by a clock that has been set back since.
    /// </summary>
    /// <returns>How many deliveries.</returns>
    public async Task<int> RecallAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var latest = now + RetrySchedule.Longest + Lease;
        await using var db = Open();
        if (!await Far(db).AnyAsync(cancellationToken)) return 0;
        var recalled = await gate.WriteUnhurriedAsync<int>(
            AccessScope.None,
            async (session, token) => await Far(session.Db).ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, now), token),
            cancellationToken);
        return recalled.Value;

        IQueryable<OutboxRow> Far(TrainingDbContext context) =>
            context.Set<OutboxRow>().Where(row => row.State == DeliveryState.Pending && row.DueAt > latest);
    }

    private static Result<T> Result<T>(T value) => value;

    private TrainingDbContext Open() => new(options);
}

/// <summary>Why a delivery was given up without a try.</summary>
internal static class Reasons
{
    public const string UnknownConsumer = "UnknownConsumer";
    public const string UnknownMessage = "UnknownMessage";
    public const string UnreadableMessage = "UnreadableMessage";
}
