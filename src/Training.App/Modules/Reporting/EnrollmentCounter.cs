using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Directory;
using Training.Data;
using Training.Data.Providers;
using Training.Data.Reporting;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Directory;

namespace Training.App.Modules.Reporting;

/// <summary>Counts a site's enrollments anew.</summary>
internal sealed class EnrollmentCounter(
    DbContextOptions<TrainingDbContext> options, IWriteGate gate, IDatabaseProvider provider, DirectoryCatalog catalog, TimeProvider time)
{
    public async Task RecountAsync(int editionId, int siteId, CancellationToken cancellationToken)
    {
        var directory = await catalog.SnapshotAsync(cancellationToken);
        await RecountAsync(directory.Edition(editionId), directory.Site(siteId), cancellationToken);
    }

    public async Task RecountAsync(Edition edition, Site site, CancellationToken cancellationToken)
    {
        await using var db = new TrainingDbContext(options) { Scope = AccessScope.Whole };
        bool taken;
        do
        {
            var tallies = await EnrollmentTallies.CountAsync(db, site.Id, site.RegionId, edition, cancellationToken);
            var result = await gate.WriteAsync<bool>(
                AccessScope.Whole,
                async (change, token) =>
                {
                    await provider.SerializeAsync(change.Db, SessionTallies.LockOf(site.Id), token);
                    return await tallies.ReplaceAsync(change.Db, site.RegionId, time.GetUtcNow(), token);
                },
                cancellationToken);
            taken = result.Value;
        }
        while (!taken);
    }
}
