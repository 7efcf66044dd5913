using Microsoft.Data.Sqlite;
using Training.Data.Writing;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>Takes the next import in hand and brings it one step forward, as its state says.</summary>
internal sealed class ImportWork(ImportClaims claims, ReadImport reading, CommitImport committing, WithdrawImported undoing, ILogger<ImportWork> log)
{
    private const int LongList = 20_000;

    /// <summary>Does one step of one import; false when nothing waits.</summary>
    public async Task<bool> NextAsync(CancellationToken stoppingToken)
    {
        if (await claims.NextAsync(stoppingToken) is not { } import) return false;
        using var working = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var alive = StayAliveAsync(import, working);
        var (broke, away) = (false, false);
        try
        {
            if (import.Status == ImportStatus.Reading) await reading.RunAsync(import, working.Token);
            else if (import.Status == ImportStatus.Undoing) await undoing.RunAsync(import, working.Token);
            else await committing.RunAsync(import, working.Token);
        }
        catch (OperationCanceledException)
        {
            // Stopped, or the claim was lost: whoever comes next goes on.
        }
        catch (Exception failure) // One broken list must not keep the others waiting.
        {
            (broke, away) = (true, failure is StorageAwayException or SqliteException { SqliteErrorCode: 10 or 13 }); // IOERR, FULL
            log.LogError("Import {Import} broke while {Status}, attempt {Attempt}: {Failure} {Place}",
                import.Id, import.Status, import.Attempts, failure.GetType().Name, failure.StackTrace?.Split('\n')[0].Trim());
        }
        await working.CancelAsync();
        await alive;
        // A long list leaves tens of megabytes behind that nobody will need again; without a word they stay until the memory is full.
        if (import.Rows > LongList || import.Status == ImportStatus.Reading) GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
        await claims.ReleaseAsync(import, broke, away, CancellationToken.None);
        return true;
    }

    private async Task StayAliveAsync(Import import, CancellationTokenSource working)
    {
        using var timer = new PeriodicTimer(ImportClaims.Life / 3);
        try
        {
            while (await timer.WaitForNextTickAsync(working.Token))
            {
                if (await claims.KeepAsync(import, working.Token)) continue;
                await working.CancelAsync();
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // The work has ended.
        }
    }
}
