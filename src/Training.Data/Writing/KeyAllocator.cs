using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Training.Data.Platform;
using Training.Data.Providers;

namespace Training.Data.Writing;

/// <summary>
/// Gives out integer keys from blocks reserved in the database, so that an aggregate knows its keys before it is written: no
/// round trip per row, and bulk copies need not read keys back. A stopped process leaves a gap, never a repeat.
/// </summary>
public sealed class KeyAllocator(IWriteGate gate, IDatabaseProvider provider)
{
    private const int BlockSize = 500;

    private readonly ConcurrentDictionary<Type, Block> blocks = new();

    /// <summary>The next key of a table. Must be asked for before the change begins, not inside it.</summary>
    public async ValueTask<int> NextAsync<TEntity>(CancellationToken cancellationToken)
    {
        var block = blocks.GetOrAdd(typeof(TEntity), _ => new Block());
        while (true)
        {
            lock (block)
            {
                if (block.Next < block.End) return block.Next++;
            }
            await block.Refill.WaitAsync(cancellationToken);
            try
            {
                bool empty;
                lock (block) empty = block.Next >= block.End;
                if (!empty) continue;
                var first = await ReserveAsync<TEntity>(BlockSize, cancellationToken);
                lock (block) (block.Next, block.End) = (first, first + BlockSize);
            }
            finally
            {
                block.Refill.Release();
            }
        }
    }

    /// <summary>Reserves a run of keys.</summary>
    /// <param name="count">How many, at least one.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The first of them.</returns>
    public async Task<int> ReserveAsync<TEntity>(int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        try
        {
            return await ReserveOnceAsync<TEntity>(count, cancellationToken);
        }
        catch (Exception raced) when (provider.UniqueViolation(raced) == "KeyBlocks")
        {
            // Another process made the table's first block at the same time; now there is one to raise.
            return await ReserveOnceAsync<TEntity>(count, cancellationToken);
        }
    }

    private async Task<int> ReserveOnceAsync<TEntity>(int count, CancellationToken cancellationToken)
    {
        var name = typeof(TEntity).Name;
        var first = await gate.WriteAsync<int>(
            Scope.AccessScope.None,
            async (session, token) =>
            {
                var raised = await session.Db.Set<KeyBlock>().Where(block => block.Name == name)
                    .ExecuteUpdateAsync(set => set.SetProperty(block => block.Next, block => block.Next + count), token);
                if (raised == 0)
                {
                    session.Rows.Insert(new KeyBlock { Name = name, Next = 1 + count });
                    return 1;
                }
                var next = await session.Db.Set<KeyBlock>().Where(block => block.Name == name).Select(block => block.Next).SingleAsync(token);
                return next - count;
            },
            cancellationToken);
        return first.Value;
    }

    private sealed class Block
    {
        public SemaphoreSlim Refill { get; } = new(1, 1);

        public int Next { get; set; }

        public int End { get; set; }
    }
}
