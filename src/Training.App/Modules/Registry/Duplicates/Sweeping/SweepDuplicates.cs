using Microsoft.EntityFrameworkCore;
using Training.Data.Providers;
using Training.Data.Registry;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Registry;

namespace Training.App.Modules.Registry.Duplicates.Sweeping;

/// <summary>
/// Goes through all children and puts into the queue whoever came in twice by different doors or at the same moment. One sweep at a
/// time for all processes; a step and how far the sweep has come are kept together, so one that was killed goes on where it was.
/// Finding a pair again changes nothing, decided pairs least of all.
/// </summary>
internal sealed class SweepDuplicates(SweepSteps steps, IWriteGate gate, IDatabaseProvider provider, TimeProvider time)
{
    /// <summary>How long a step may take before another process takes over.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private const string Lock = "duplicate-sweep";
    private const int PairsAtOnce = 400;

    private readonly Guid holder = Guid.NewGuid();

    /// <summary>Runs a sweep to its end, or goes on with one that was left.</summary>
    /// <param name="pause">Rests between steps, given how long the step took; null: no rest.</param>
    /// <param name="cancellationToken">Stops; the next sweep goes on from here.</param>
    /// <returns>How many pairs are new; null when another process is at it.</returns>
    public async Task<int?> RunAsync(Func<TimeSpan, Task>? pause, CancellationToken cancellationToken)
    {
        var cursor = await BeginAsync(cancellationToken);
        while (cursor is not null)
        {
            var began = time.GetTimestamp();
            var (found, next) = await steps.RunAsync(cursor, cancellationToken);
            if (await KeepAsync(found, next, cancellationToken) is not { } added) return null;
            if (next is null) return added;
            cursor = next;
            if (pause is not null) await pause(time.GetElapsedTime(began));
        }
        return null;
    }

    private async Task<string?> BeginAsync(CancellationToken cancellationToken)
    {
        var begun = await gate.WriteAsync<string?>(
            AccessScope.None,
            async (write, token) =>
            {
                await provider.SerializeAsync(write.Db, Lock, token);
                var now = time.GetUtcNow();
                var state = await write.Db.Set<SweepState>().AsTracking().SingleOrDefaultAsync(token) ?? write.Db.Add(new SweepState()).Entity;
                if (state.LeaseUntil > now) return (string?)null;
                if (state.Cursor is null) (state.Cursor, state.StartedAt, state.Added) = (SweepSteps.First, now, 0);
                (state.Holder, state.LeaseUntil) = (holder, now + Lease);
                await write.Db.SaveChangesAsync(token);
                return state.Cursor;
            },
            cancellationToken);
        return begun.Value;
    }

    /// <summary>Keeps what a step found, a part at a time so that nobody waits long, and last of all how far the sweep has come.</summary>
    private async Task<int?> KeepAsync(List<FoundPair> found, string? next, CancellationToken cancellationToken)
    {
        int? total = null;
        var parts = found.Chunk(PairsAtOnce).ToArray();
        for (var i = 0; i < Math.Max(1, parts.Length); i++)
        {
            var part = parts.Length == 0 ? [] : parts[i];
            var isLast = i >= parts.Length - 1;
            var kept = await gate.WriteBulkAsync<int?>(
                async (write, token) =>
                {
                    await provider.SerializeAsync(write.Db, Lock, token);
                    var now = time.GetUtcNow();
                    var state = await write.Db.Set<SweepState>().AsTracking().SingleAsync(token);
                    if (state.Holder != holder) return (int?)null;
                    state.Added += await new PairMemory(write).RememberAsync(
                        [.. part.Select(pair => DuplicatePair.Of(pair.A, pair.B, pair.Match, PairSource.Sweep, now))], token);
                    state.LeaseUntil = now + Lease;
                    if (isLast) state.Cursor = next;
                    if (isLast && next is null) (state.FinishedAt, state.LeaseUntil, state.Holder) = (now, null, null);
                    await write.Db.SaveChangesAsync(token);
                    return state.Added;
                },
                cancellationToken);
            if (kept.Value is null) return null;
            total = kept.Value;
        }
        return total;
    }
}
