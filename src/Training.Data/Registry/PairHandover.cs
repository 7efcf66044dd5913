using Microsoft.EntityFrameworkCore;
using Training.Data.Writing;
using Training.Domain.Registry;

namespace Training.Data.Registry;

/// <summary>
/// What is asked or was answered about an ended file is asked or answered about the one that goes on: whoever is not the one child is
/// not the other either. What was known of the surviving file itself stays.
/// </summary>
internal sealed class PairHandover(WriteSession session)
{
    /// <summary>Takes the pairs over and notes which are new.</summary>
    public async Task TakeOverAsync(MergeOrder order, List<MergeMove> moves, CancellationToken cancellationToken)
    {
        var (survivor, retired) = (order.SurvivorId, order.RetiredId);
        var pairs = await PairsOfAsync(retired, cancellationToken);
        var known = (await PairsOfAsync(survivor, cancellationToken)).Select(pair => Other(pair, survivor)).ToHashSet();
        foreach (var pair in pairs)
        {
            var other = Other(pair, retired);
            if (other == survivor || pair.Decision is PairDecision.Same or PairDecision.SetAside) continue;
            if (pair.IsOpen)
            {
                await SetAsync(retired, other, PairDecision.SetAside, cancellationToken);
                moves.Add(new MergeMove { MergeId = order.MergeId, Thing = MovedThing.SetAsidePair, RowId = other, Before = (int)pair.Decision });
            }
            if (known.Contains(other)) continue;
            var taken = Copy(pair, survivor, other, order.Now);
            session.Rows.Insert(taken);
            moves.Add(new MergeMove { MergeId = order.MergeId, Thing = MovedThing.Pair, RowId = other, Before = taken.Version });
        }
    }

    /// <summary>Forgets what was taken over, unless somebody has decided on it since.</summary>
    public async Task GiveBackAsync(Merge merge, IEnumerable<MergeMove> moves, CancellationToken cancellationToken)
    {
        foreach (var move in moves)
        {
            if (move.Thing == MovedThing.SetAsidePair) await SetAsync(merge.RetiredId, move.RowId, (PairDecision)move.Before, cancellationToken);
            if (move.Thing != MovedThing.Pair) continue;
            await Pair(merge.SurvivorId, move.RowId).Where(row => row.Source == PairSource.Merge && row.Version == move.Before)
                .ExecuteDeleteAsync(cancellationToken);
        }
    }

    private Task SetAsync(int one, int other, PairDecision decision, CancellationToken cancellationToken) =>
        Pair(one, other).ExecuteUpdateAsync(set => set.SetProperty(row => row.Decision, decision), cancellationToken);

    private IQueryable<DuplicatePair> Pair(int one, int other)
    {
        var (low, high) = (Math.Min(one, other), Math.Max(one, other));
        return session.Db.Set<DuplicatePair>().IgnoreQueryFilters().Where(row => row.LowId == low && row.HighId == high);
    }

    private Task<List<DuplicatePair>> PairsOfAsync(int id, CancellationToken cancellationToken) => session.Db.Set<DuplicatePair>()
        .IgnoreQueryFilters().AsNoTracking().Where(row => row.LowId == id || row.HighId == id).ToListAsync(cancellationToken);

    private static int Other(DuplicatePair pair, int id) => pair.LowId == id ? pair.HighId : pair.LowId;

    private static DuplicatePair Copy(DuplicatePair pair, int survivor, int other, DateTimeOffset now)
    {
        var taken = new DuplicatePair
        {
            LowId = Math.Min(survivor, other),
            HighId = Math.Max(survivor, other),
            Strength = pair.Strength,
            Reasons = pair.Reasons,
            Source = PairSource.Merge,
            FoundAt = now,
        };
        return pair.DecidedBy is { } by ? taken.Decide(pair.Decision, by, pair.Note, pair.DecidedAt!.Value) : taken;
    }
}
