using Training.Data.Writing;

namespace Training.App.Modules.Enrollments.Imports.Committing;

/// <summary>Keys reserved in long runs, so that a chunk costs no change of its own for them.</summary>
internal sealed class KeyRun<TEntity>(KeyAllocator keys)
{
    /// <summary>As long as the longest list: a further run would wait behind the chunk being written, and the next chunk behind it.</summary>
    private const int Length = ImportSheet.RowsMax;

    private int first;
    private int next;
    private int end;

    /// <summary>Makes sure that so many keys can be taken without waiting.</summary>
    /// <param name="count">How many.</param>
    /// <param name="remaining">How many will be needed in all, as far as known: no longer run is reserved.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task EnsureAsync(int count, int remaining, CancellationToken cancellationToken)
    {
        if (end - next >= count) return;
        // A run is unbroken; what is left of the former one is given up.
        var length = Math.Max(count, Math.Min(remaining, Length));
        first = next = await keys.ReserveAsync<TEntity>(length, cancellationToken);
        end = next + length;
    }

    /// <summary>The run in use, taken keys and others.</summary>
    public (int First, int End) Run => (first, end);

    /// <summary>The key that would come next.</summary>
    public int Peek => next;

    /// <summary>How many keys can be taken without waiting.</summary>
    public int Left => end - next;

    /// <summary>Takes the next key.</summary>
    public int Take() => next < end ? next++ : throw new InvalidOperationException("More keys were taken than ensured.");

    /// <summary>Takes so many keys at once.</summary>
    public void Take(int count) => next += count;
}
