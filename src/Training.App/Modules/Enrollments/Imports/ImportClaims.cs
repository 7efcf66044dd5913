using Microsoft.EntityFrameworkCore;
using Training.Data;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>
/// Takes imports in hand, one worker at a time: a claim is a token with an end that its holder moves on while it lives. Every change
/// of an import checks the token in its own transaction, so a worker that was thought dead cannot spoil its successor's work.
/// </summary>
internal sealed class ImportClaims(IWriteGate gate, DbContextOptions<TrainingDbContext> options, TimeProvider time)
{
    /// <summary>How long a dead worker's import waits.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(10);

    /// <summary>After so many broken attempts a reading is given up, and a committing is tried only now and then.</summary>
    public const int AttemptsMax = 5;

    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(10);

    /// <summary>The next import that has work and no worker; null when none.</summary>
    public async Task<Import?> NextAsync(CancellationToken cancellationToken)
    {
        await using var db = new TrainingDbContext(options) { Scope = AccessScope.Whole };
        var now = time.GetUtcNow();
        var waiting = await db.Set<Import>().AsNoTracking()
            .Where(row => (row.Status == ImportStatus.Reading || row.Status == ImportStatus.Committing || row.Status == ImportStatus.Undoing)
                && (row.ClaimedUntil == null || row.ClaimedUntil < now))
            .OrderBy(row => row.Id).Select(row => row.Id).Take(10).ToListAsync(cancellationToken);
        foreach (var id in waiting)
        {
            var token = Guid.NewGuid();
            var taken = await gate.WriteUnhurriedAsync<int>(
                AccessScope.Whole,
                async (session, cancel) => await session.Db.Set<Import>()
                    .Where(row => row.Id == id && (row.ClaimedUntil == null || row.ClaimedUntil < now))
                    .ExecuteUpdateAsync(
                        set => set.SetProperty(row => row.ClaimToken, token).SetProperty(row => row.ClaimedUntil, now + Life)
                            .SetProperty(row => row.Attempts, row => row.Attempts + 1),
                        cancel),
                cancellationToken);
            if (taken.Value == 1) return await db.Set<Import>().AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
        }
        return null;
    }

    /// <summary>Says that the holder lives; false when the claim was lost.</summary>
    public Task<bool> KeepAsync(Import import, CancellationToken cancellationToken) => ChangeAsync(import, _ => { }, cancellationToken);

    /// <summary>Changes the import and keeps the claim; false when the claim was lost.</summary>
    public async Task<bool> ChangeAsync(Import import, Action<Import> change, CancellationToken cancellationToken)
    {
        var changed = await gate.WriteUnhurriedAsync<Done>(AccessScope.Whole, (session, token) => ChangeInAsync(session, import, change, token), cancellationToken);
        return changed.Succeeded;
    }

    /// <summary>As <see cref="ChangeAsync"/>, within a change that is going on.</summary>
    public async Task<Result<Done>> ChangeInAsync(WriteSession session, Import import, Action<Import> change, CancellationToken cancellationToken)
    {
        var row = await session.Db.Set<Import>().IgnoreQueryFilters().AsTracking()
            .SingleOrDefaultAsync(row => row.Id == import.Id && row.ClaimToken == import.ClaimToken, cancellationToken);
        if (row is null) return Error.Conflict("claimLost");
        row.ClaimedUntil = time.GetUtcNow() + Life;
        change(row);
        row.Version++;
        await session.Db.SaveChangesAsync(cancellationToken);
        return new Done();
    }

    /// <summary>Lets go; an import that broke too often rests for a while.</summary>
    public Task<bool> ReleaseAsync(Import import, bool broke, bool away, CancellationToken cancellationToken) => ChangeAsync(
        import,
        row =>
        {
            row.ClaimToken = null;
            row.ClaimedUntil = null;
            if (!broke)
            {
                row.Attempts = 0;
                return;
            }
            // No fault of the list: it is tried for as long as the disk is full.
            if (away) row.Attempts--;
            row.ClaimedUntil = time.GetUtcNow() + (row.Attempts < AttemptsMax ? Life : Rest);
            if (row.Attempts < AttemptsMax || row.Status != ImportStatus.Reading) return;
            row.Status = ImportStatus.Refused;
            row.Problem = "importBroken";
        },
        cancellationToken);
}
