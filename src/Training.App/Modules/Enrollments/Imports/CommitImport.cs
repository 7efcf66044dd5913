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
/// The second step: registers the good rows in chunks, small enough that a person's change does not wait long for the end of one. While a
/// chunk is written the next one is prepared. One transaction takes chunk after chunk until somebody waits: a page that many rows touch is
/// then written once.
/// </summary>
internal sealed class CommitImport(
    IFileStore files, DirectoryCatalog catalog, ImportClaims claims, ReadImport reading, IWriteGate gate, KeyAllocator keys,
    SystemSecrets secrets, IDatabaseProvider provider, DbContextOptions<TrainingDbContext> options, AppOptions app, TimeProvider time)
{
    private const int RacesMax = 5;

    /// <summary>A transaction takes no further chunk after this, even if nobody waits: its commit, which nothing interrupts, grows with it.</summary>
    private static readonly TimeSpan LongestTurn = TimeSpan.FromMilliseconds(400);

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
        await using var ahead = new ChunksAhead(chunks, sharesTransactions: !provider.SharedByWorkers, cancellationToken);
        while (!ahead.IsAtEnd)
        {
            var turn = await WriteTurnAsync(writer, ahead, groupKeys, edition, staging, cancellationToken);
            if (turn.Fallen.Count > 0) staging.Settle(turn.Last!.LastRow);
        }
    }

    private async Task<Turn> WriteTurnAsync(
        ChunkWriter writer, ChunksAhead ahead, KeyRun<Group> groupKeys, Edition edition, Staging staging, CancellationToken cancellationToken)
    {
        // What the turn has taken: when it is run again it begins with these.
        var taken = new List<Chunk> { await ahead.TakeAsync() };
        for (var race = 0; ; race++)
        {
            var needed = taken.Sum(chunk => GroupPlaces.Needed(chunk.Rows, edition));
            await groupKeys.EnsureAsync(needed, needed + ahead.Remaining / Math.Max(1, edition.DefaultGroupCapacity), cancellationToken);
            try
            {
                var written = await gate.WriteBulkAsync(
                    async (session, token) =>
                    {
                        await provider.SerializeAsync(session.Db, RegistrationStore.AllChildren, token);
                        var turn = writer.Begin(groupKeys.Peek);
                        for (var i = 0; i < taken.Count; i++)
                        {
                            var before = turn.Held;
                            await writer.WriteAsync(session, turn, taken[i], token);
                            ahead.Adapt(taken[i].Rows.Count, turn.Held - before, gate.IsWanted);
                            if (i == taken.Count - 1 && MayTake(ahead, turn, groupKeys, edition)) taken.Add(await ahead.TakeAsync());
                        }
                        var ended = await writer.EndAsync(session, turn, token);
                        // Not when another worker has the import in hand: what fell against its rows is not to be shown.
                        if (ended.Succeeded) staging.Promise(turn.Last!.LastRow, turn.Fallen.Select(row => (row.Verdict, row.Faults)));
                        return ended;
                    },
                    cancellationToken);
                if (!written.Succeeded) throw new OperationCanceledException("Another worker has the import in hand.");
                groupKeys.Take(written.Value.Opened.Count);
                writer.Keep(written.Value);
                Measures.ImportedRows.Add(written.Value.Registered);
                return written.Value;
            }
            catch (Exception raced) when (race < RacesMax && (raced is DbUpdateConcurrencyException || provider.UniqueViolation(raced) is "Groups" or "Enrollments"))
            {
                // Somebody opened the group, took the place or enrolled the child in the same moment: the turn begins anew and sees it.
                writer.Forget();
            }
        }
    }

    /// <summary>Whether a transaction takes one more chunk: nobody waits, and everything the chunk needs is there, since nothing can be asked for inside.</summary>
    private bool MayTake(ChunksAhead ahead, Turn turn, KeyRun<Group> groupKeys, Edition edition) =>
        !provider.SharedByWorkers && !gate.IsWanted && turn.Held < LongestTurn && ahead.IsReady(out var next)
        && turn.Opened.Count + GroupPlaces.Needed(next.Rows, edition) <= groupKeys.Left;
}
