using System.Diagnostics.CodeAnalysis;

namespace Training.App.Modules.Enrollments.Imports.Committing;

/// <summary>Makes the next chunk ready on a thread of its own while the one before is written, as many rows as can be written in the time aimed at.</summary>
internal sealed class ChunksAhead : IAsyncDisposable
{
    private const int SmallestChunk = 250;
    private const int LargestChunk = 5_000;

    private readonly ChunkReader reader;
    private readonly (TimeSpan Alone, TimeSpan AmongOthers) aim;
    private readonly CancellationToken cancellation;
    private int size = SmallestChunk * 2;
    private Task<Chunk>? next;

    /// <param name="reader">Makes them ready; nobody else asks it meanwhile.</param>
    /// <param name="sharesTransactions">
    /// True when a transaction may take several: then they may be short, since a person who comes meanwhile waits for the end of one.
    /// </param>
    /// <param name="cancellation">Gives up.</param>
    public ChunksAhead(ChunkReader reader, bool sharesTransactions, CancellationToken cancellation)
    {
        (this.reader, this.cancellation) = (reader, cancellation);
        // The second when somebody has just waited: the next may be on the way.
        aim = sharesTransactions
            ? (TimeSpan.FromMilliseconds(70), TimeSpan.FromMilliseconds(40))
            : (TimeSpan.FromMilliseconds(160), TimeSpan.FromMilliseconds(60));
        next = Begin();
    }

    /// <summary>True when the last chunk has been taken.</summary>
    public bool IsAtEnd => next is null;

    /// <summary>Rows that no chunk has been made of, as far as the preview knew.</summary>
    public int Remaining => reader.Remaining;

    /// <summary>Looks whether the next chunk can be taken without waiting.</summary>
    public bool IsReady([NotNullWhen(true)] out Chunk? chunk)
    {
        chunk = next is { IsCompletedSuccessfully: true } ready ? ready.Result : null;
        return chunk is not null;
    }

    /// <summary>Takes the next chunk, and begins with the one after it.</summary>
    public async Task<Chunk> TakeAsync()
    {
        var chunk = await next!;
        next = chunk.IsLast ? null : Begin();
        return chunk;
    }

    /// <summary>Says how long it took to write so many rows, and whether somebody waits for them: the chunk after the next is sized by it.</summary>
    public void Adapt(int rows, TimeSpan elapsed, bool isWanted)
    {
        var fitting = rows * (isWanted ? aim.AmongOthers : aim.Alone).TotalMilliseconds / Math.Max(1, elapsed.TotalMilliseconds);
        size = (int)Math.Clamp(Math.Min(fitting, rows * 2.0), SmallestChunk, LargestChunk);
    }

    /// <summary>Ends the reading: the list may be closed then.</summary>
    public async ValueTask DisposeAsync()
    {
        if (next is not null) await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private Task<Chunk> Begin()
    {
        var rows = size;
        return Task.Run(() => reader.NextAsync(rows, cancellation), CancellationToken.None);
    }
}
