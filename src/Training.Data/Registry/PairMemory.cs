using Microsoft.EntityFrameworkCore;
using Training.Data.Writing;
using Training.Domain.Registry;

namespace Training.Data.Registry;

/// <summary>
/// Keeps what is known of pairs of files: open questions and decisions. Every door writes through here: the registration, a list,
/// the nightly sweep and the people who decide.
/// </summary>
/// <param name="session">The change in which it is kept.</param>
public sealed class PairMemory(WriteSession session)
{
    private const int Batch = 400;

    /// <summary>
    /// Keeps pairs. One that is new is added as it is; one that waits takes over a decision; one that was decided stays as it was.
    /// </summary>
    /// <returns>How many were new.</returns>
    public async Task<int> RememberAsync(IReadOnlyCollection<DuplicatePair> pairs, CancellationToken cancellationToken)
    {
        var added = 0;
        foreach (var batch in pairs.DistinctBy(pair => (pair.LowId, pair.HighId)).Chunk(Batch))
        {
            var known = await KnownAsync(batch, cancellationToken);
            var fresh = batch.Where(pair => !known.ContainsKey((pair.LowId, pair.HighId))).ToList();
            await session.Rows.InsertAllAsync(fresh, cancellationToken);
            added += fresh.Count;
            foreach (var pair in batch)
            {
                if (pair.IsOpen || !known.TryGetValue((pair.LowId, pair.HighId), out var waiting) || !waiting.IsOpen) continue;
                waiting.Decide(pair.Decision, pair.DecidedBy!, pair.Note, pair.DecidedAt!.Value);
                session.Db.Update(waiting);
            }
        }
        await session.Db.SaveChangesAsync(cancellationToken);
        return added;
    }

    /// <summary>Keeps pairs of a file that is being opened in this change, of whom nothing can be known yet.</summary>
    public Task RememberNewAsync(IReadOnlyCollection<DuplicatePair> pairs, CancellationToken cancellationToken) =>
        session.Rows.InsertAllAsync(pairs, cancellationToken);

    private async Task<Dictionary<(int, int), DuplicatePair>> KnownAsync(DuplicatePair[] batch, CancellationToken cancellationToken)
    {
        var lows = batch.Select(pair => pair.LowId).Distinct().ToArray();
        var highs = batch.Select(pair => pair.HighId).Distinct().ToArray();
        return await session.Db.Set<DuplicatePair>().IgnoreQueryFilters().AsNoTracking()
            .Where(row => EF.Parameter(lows).Contains(row.LowId) && EF.Parameter(highs).Contains(row.HighId))
            .ToDictionaryAsync(row => (row.LowId, row.HighId), cancellationToken);
    }
}
