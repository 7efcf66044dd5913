using Microsoft.EntityFrameworkCore;
using Training.Data;
using Training.Domain.Registry;
using Training.Domain.Registry.Names;

namespace Training.App.Modules.Registry.Searching;

/// <summary>
/// This process's vocabulary of the names that the country's children bear: spellings without the children. A registration pays
/// nothing for it; each search first reads the files that are new. Keys are given out in blocks, so another process may open a file
/// below those already read: a hand goes round the whole table for these, so much a second, and for names that changed.
/// </summary>
internal sealed class NameBook(DbContextOptions<TrainingDbContext> options, TimeProvider time) : IDisposable
{
    private const int Batch = 10_000;

    /// <summary>Files that may still have been on their way when later ones were read.</summary>
    private const int Overlap = 100;

    private const int RoundPerSecond = 1_000;

    private readonly NameVocabulary vocabulary = new();
    private readonly SemaphoreSlim reading = new(1, 1);
    private volatile bool read;
    private int last;
    private int hand;
    private DateTimeOffset handMoved;

    /// <summary>The vocabulary with the files opened until now; while one caller reads, the others get what is there.</summary>
    public async ValueTask<NameVocabulary> UpToDateAsync(CancellationToken cancellationToken)
    {
        if (read && reading.CurrentCount == 0) return vocabulary;
        await reading.WaitAsync(cancellationToken);
        try
        {
            await using var db = new TrainingDbContext(options);
            var from = Math.Max(0, last - Overlap);
            int start;
            do
            {
                start = from;
                from = await AddAsync(db, start, Batch, cancellationToken);
            }
            while (from - start >= Batch);
            last = Math.Max(last, from);
            await MoveHandAsync(db, cancellationToken);
            read = true;
        }
        finally
        {
            reading.Release();
        }
        return vocabulary;
    }

    public void Dispose() => reading.Dispose();

    private async Task MoveHandAsync(TrainingDbContext db, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = (int)Math.Min(Batch, (now - handMoved).TotalSeconds * RoundPerSecond);
        if (due == 0) return;
        handMoved = now;
        // What was just read whole need not be read again.
        if (!read) return;
        var reached = await AddAsync(db, hand, due, cancellationToken);
        hand = reached == hand ? 0 : reached;
    }

    /// <summary>Adds the names of so many files after a key, and returns the last key; the key itself when there are none.</summary>
    private async Task<int> AddAsync(TrainingDbContext db, int after, int count, CancellationToken cancellationToken)
    {
        var names = db.Set<Participant>().IgnoreQueryFilters().AsNoTracking().Where(row => row.Id > after).OrderBy(row => row.Id).Take(count)
            .Select(row => new { row.Id, row.GivenName, row.GivenNameAr, row.FamilyName, row.FamilyNameAr });
        await foreach (var name in names.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            vocabulary.Add(name.GivenName, name.GivenNameAr, name.FamilyName, name.FamilyNameAr);
            after = name.Id;
        }
        return after;
    }
}
