using Microsoft.EntityFrameworkCore;
using Training.Data;
using Training.Domain.Certificates;
using Training.Domain.Directory;

namespace Training.App.Platform.Directory;

/// <summary>
/// The directory in memory: small, read everywhere, seldom changed. Another process's change is seen within a minute.
/// Groups are not in it: their places change with every registration.
/// </summary>
internal sealed class DirectoryCatalog(DbContextOptions<TrainingDbContext> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim loading = new(1, 1);
    private volatile DirectorySnapshot? current;

    /// <summary>The last snapshot read, however old.</summary>
    /// <exception cref="InvalidOperationException">Nothing was read yet: ask <see cref="SnapshotAsync"/> first.</exception>
    public DirectorySnapshot Current => current ?? throw new InvalidOperationException("The directory was not read yet.");

    /// <summary>A snapshot not older than a minute; while one caller reads anew, the others get the earlier one.</summary>
    public async ValueTask<DirectorySnapshot> SnapshotAsync(CancellationToken cancellationToken)
    {
        var snapshot = current;
        var now = time.GetUtcNow();
        if (snapshot is not null && now - snapshot.ReadAt < Life) return snapshot;
        if (snapshot is not null && loading.CurrentCount == 0) return snapshot;

        await loading.WaitAsync(cancellationToken);
        try
        {
            if (current is { } fresh && now - fresh.ReadAt < Life) return fresh;
            return current = await ReadAsync(cancellationToken);
        }
        finally
        {
            loading.Release();
        }
    }

    /// <summary>Makes the next caller read anew; called after a change.</summary>
    public void Forget() => current = null;

    public void Dispose() => loading.Dispose();

    private async Task<DirectorySnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = new TrainingDbContext(options);
        return new DirectorySnapshot(
            time.GetUtcNow(),
            await db.Set<Region>().AsNoTracking().OrderBy(row => row.Id).ToArrayAsync(cancellationToken),
            await db.Set<Province>().AsNoTracking().OrderBy(row => row.Code).ToArrayAsync(cancellationToken),
            await db.Set<League>().AsNoTracking().OrderBy(row => row.Id).ToArrayAsync(cancellationToken),
            await db.Set<Site>().AsNoTracking().OrderBy(row => row.Code).ToArrayAsync(cancellationToken),
            await db.Set<Edition>().AsNoTracking().OrderBy(row => row.Id).ToArrayAsync(cancellationToken),
            await db.Set<CurriculumModule>().AsNoTracking().OrderBy(row => row.Position).ToArrayAsync(cancellationToken),
            await db.Set<Signatory>().AsNoTracking().ToArrayAsync(cancellationToken),
            await db.Set<RegionTarget>().AsNoTracking().ToArrayAsync(cancellationToken),
            await db.Set<SiteLimit>().AsNoTracking().ToArrayAsync(cancellationToken),
            await db.Set<CertificateDesign>().AsNoTracking().ToArrayAsync(cancellationToken));
    }
}
