using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.Data.Providers;
using Training.Data.Reporting;
using Training.Data.Writing;
using Training.Domain.Directory;

namespace Training.App.Modules.Reporting;

/// <summary>
/// Counts every figure anew from the source, a site at a time, so that nobody else waits long and each site is right at every
/// instant. Gives what the consumers give; it is the remedy when a rule of counting has changed.
/// </summary>
internal static class RebuildFigures
{
    /// <param name="Sites">Sites counted, once per edition.</param>
    /// <param name="Sessions">Sessions counted.</param>
    internal sealed record Response(int Sites, int Sessions);

    internal sealed class Handler(
        ReadDb db, EnrollmentCounter counter, IWriteGate gate, IDatabaseProvider provider, DirectoryCatalog catalog, TimeProvider time)
    {
        public async Task<Response> HandleAsync(CancellationToken cancellationToken) => await RebuildAsync(await PlacesAsync(cancellationToken), cancellationToken);

        /// <summary>Counts the sites anew that were counted by earlier rules: after an update nobody has to think of it.</summary>
        public async Task<Response> CatchUpAsync(CancellationToken cancellationToken)
        {
            await using var whole = counter.Open();
            return await RebuildAsync(await SiteTallies.OutdatedAsync(whole, cancellationToken), cancellationToken);
        }

        private async Task<Response> RebuildAsync(IReadOnlyList<(int EditionId, int SiteId)> places, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var sessions = 0;
            foreach (var (editionId, siteId) in places)
            {
                var (edition, site) = (directory.Edition(editionId), directory.Site(siteId));
                var counted = await gate.WriteBulkAsync<int>(
                    async (change, token) =>
                    {
                        await provider.SerializeAsync(change.Db, SiteTallies.LockOf(siteId), token);
                        return await SessionTallies.RebuildAsync(change, siteId, site.RegionId, edition, time.GetUtcNow(), token);
                    },
                    cancellationToken);
                await counter.RecountAsync(edition, site, cancellationToken);
                sessions += counted.Value;
            }
            return new Response(places.Count, sessions);
        }

        /// <summary>Every place that may have something to count (sessions and enrollments have a group), or figures that may have to go.</summary>
        private async Task<IReadOnlyList<(int EditionId, int SiteId)>> PlacesAsync(CancellationToken cancellationToken)
        {
            var places = await db.Set<Group>().Select(row => new { row.EditionId, row.SiteId })
                .Union(db.Set<SiteTally>().Select(row => new { row.EditionId, row.SiteId }))
                .ToListAsync(cancellationToken);
            return [.. places.Select(place => (place.EditionId, place.SiteId)).Order()];
        }
    }
}
