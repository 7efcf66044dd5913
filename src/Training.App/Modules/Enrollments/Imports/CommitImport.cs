using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Enrollments.Imports.Committing;
using Training.App.Platform;
using Training.App.Platform.Configuration;
using Training.App.Platform.Directory;
using Training.App.Platform.Files;
using Training.App.Platform.Security;
using Training.App.Platform.Telemetry;
using Training.Data;
using Training.Data.Enrollments;
using Training.Data.Providers;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Directory;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>
/// The second step: registers the good rows in chunks, small enough that other people's changes in between do not wait long. While one
/// chunk is written the next one is prepared.
/// </summary>
internal sealed class CommitImport(
    IFileStore files, DirectoryCatalog catalog, ImportClaims claims, ReadImport reading, IWriteGate gate, KeyAllocator keys,
    SystemSecrets secrets, IDatabaseProvider provider, DbContextOptions<TrainingDbContext> options, AppOptions app, TimeProvider time)
{
    private const int SmallestChunk = 250;
    private const int LargestChunk = 5_000;
    private const int RacesMax = 5;

    /// <summary>How long a chunk should hold the one writer.</summary>
    private static readonly TimeSpan Aim = TimeSpan.FromMilliseconds(160);

    /// <summary>The same while others wait.</summary>
    private static readonly TimeSpan AimWhenOthersWait = TimeSpan.FromMilliseconds(60);

    /// <summary>Registers what is not registered yet; the import is done afterwards.</summary>
    public async Task RunAsync(Import import, CancellationToken cancellationToken)
    {
        var path = ReadImport.StagingPath(app, import.Id);
        using var staging = Staging.OpenExisting(path) ?? await MakeAgainAsync(import, path, cancellationToken);

        var directory = await catalog.SnapshotAsync(cancellationToken);
        var edition = directory.Edition(import.EditionId);
        var site = import is { SiteInFile: false, SiteId: { } every } ? directory.Site(every) : null;
        using var sheet = ImportSheet.Open(files, import.FileHash, SheetChoice.Of(import.Choice));
        // By what the person who said so may do now, whatever was true when the list came.
        var reach = AccessScope.Parse(import.ConfirmerScope ?? import.UploaderScope);
        var reader = new RowReader(sheet.Columns, new ImportPlaces(directory, edition, reach, site), edition, time.Today(), DateOrder.IsMonthFirst(files, import));
        staging.Settle(import.CommittedThrough);
        var verdicts = staging.Verdicts().ToDictionary(verdict => verdict.Row);
        var latecomers = new Latecomers(import, provider);
        var chunks = new ChunkReader(
            sheet, reader, new RowsToWrite(verdicts, await DecisionsAsync(import, cancellationToken), import.DecidedOnly), latecomers, keys, options,
            reach, await secrets.GetAsync(SystemSecrets.ClaimCodes, cancellationToken), time)
        {
            Remaining = import.New + import.Matched,
        };
        chunks.Skip(import.CommittedThrough);
        await WriteAllAsync(import, edition, chunks, latecomers, staging, cancellationToken);
        await claims.ChangeAsync(import, row => (row.Status, row.DoneAt) = (ImportStatus.Done, row.DoneAt ?? time.GetUtcNow()), cancellationToken);
    }

    /// <summary>Verdicts on rows that are registered already are not needed any more, so they may be made anew.</summary>
    private async Task<Staging> MakeAgainAsync(Import import, string path, CancellationToken cancellationToken)
    {
        await reading.StageAsync(import, report: false, cancellationToken);
        return Staging.OpenExisting(path) ?? throw new FileNotFoundException("A staging file is missing.", path);
    }

    private async Task<Dictionary<int, ImportDecision>> DecisionsAsync(Import import, CancellationToken cancellationToken)
    {
        await using var db = new TrainingDbContext(options) { Scope = AccessScope.Whole };
        return await db.Set<ImportDecision>().AsNoTracking().Where(row => row.ImportId == import.Id && row.AppliedAt == null)
            .ToDictionaryAsync(row => row.Row, cancellationToken);
    }

    private async Task WriteAllAsync(
        Import import, Edition edition, ChunkReader chunks, Latecomers latecomers, Staging staging, CancellationToken cancellationToken)
    {
        await using (var db = new TrainingDbContext(options) { Scope = AccessScope.Whole })
            await latecomers.MeetAsync(db, time.GetUtcNow(), cancellationToken); // Most of them before anybody waits for a chunk.
        var writer = new ChunkWriter(import, edition, latecomers, claims);
        var groupKeys = new KeyRun<Group>(keys);
        var size = SmallestChunk * 2;
        var chunk = await chunks.NextAsync(size, cancellationToken);
        while (true)
        {
            var writing = WriteAsync(writer, chunk, chunks.Remaining, groupKeys, edition, staging, cancellationToken);
            var next = chunk.IsLast ? null : chunks.NextAsync(size, cancellationToken);
            var (outcome, held) = await writing;
            if (outcome.Fallen.Count > 0) staging.Settle(chunk.LastRow);
            if (next is null) return;
            size = SizeAfter(chunk.Rows.Count, held);
            chunk = await next;
        }
    }

    private async Task<(ChunkOutcome Outcome, TimeSpan Held)> WriteAsync(
        ChunkWriter writer, Chunk chunk, int left, KeyRun<Group> groupKeys, Edition edition, Staging staging, CancellationToken cancellationToken)
    {
        var needed = GroupPlaces.Needed(chunk.Rows, edition);
        var ofAll = needed + left / Math.Max(1, edition.DefaultGroupCapacity);
        for (var race = 0; ; race++)
        {
            await groupKeys.EnsureAsync(needed, ofAll, cancellationToken);
            var first = groupKeys.Peek;
            try
            {
                var written = await gate.WriteBulkAsync(
                    async (session, token) =>
                    {
                        await provider.SerializeAsync(session.Db, RegistrationStore.AllChildren, token);
                        var outcome = await writer.WriteAsync(session, chunk, first, token);
                        if (outcome.Succeeded) staging.Promise(chunk.LastRow, outcome.Value.Fallen.Select(row => (row.Verdict, row.Faults)));
                        return outcome;
                    },
                    cancellationToken);
                if (!written.Succeeded) throw new OperationCanceledException("Another worker has the import in hand.");
                groupKeys.Take(written.Value.Opened.Count);
                writer.Keep(written.Value);
                Measures.ImportedRows.Add(chunk.Rows.Count - written.Value.Fallen.Count);
                return (written.Value, System.Diagnostics.Stopwatch.GetElapsedTime(written.Value.BeganAt));
            }
            catch (Exception raced) when (race < RacesMax && (raced is DbUpdateConcurrencyException || provider.UniqueViolation(raced) is "Groups" or "Enrollments"))
            {
                // Somebody opened the group, took the place or enrolled the child in the same moment: the chunk begins anew and sees it.
                writer.Forget();
            }
        }
    }

    private int SizeAfter(int rows, TimeSpan elapsed)
    {
        var aim = gate.Waiting > 0 ? AimWhenOthersWait : Aim;
        var fitting = rows * aim.TotalMilliseconds / Math.Max(1, elapsed.TotalMilliseconds);
        return (int)Math.Clamp(Math.Min(fitting, rows * 2.0), SmallestChunk, LargestChunk);
    }
}
