using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Directory;
using Training.Data;
using Training.Data.Providers;
using Training.Data.Reporting;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Modules.Reporting;

/// <summary>Keeps the enrollment figures: asks for a recount of a site at once, and counts what was asked for.</summary>
internal sealed class EnrollmentCounter(
    DbContextOptions<TrainingDbContext> options, IWriteGate gate, IDatabaseProvider provider, DirectoryCatalog catalog, RecountSignal signal, TimeProvider time)
{
    /// <summary>Asks for a recount of these sites, durably; nothing is written when one is asked for already.</summary>
    public async Task AskAsync(int editionId, IReadOnlyCollection<int> siteIds, CancellationToken cancellationToken)
    {
        await using var db = Open();
        var asked = await SiteTallies.StaleOfAsync(db, editionId, siteIds, cancellationToken);
        // In one order for all, so that two who ask for several do not wait for each other.
        int[] fresh = [.. siteIds.Except(asked).Order()];
        if (fresh.Length == 0) return;
        var directory = await catalog.SnapshotAsync(cancellationToken);
        await ChangeAsync(
            fresh, (change, token) => SiteTallies.AskAsync(change, editionId, [.. fresh.Select(directory.Site)], time.GetUtcNow(), token), cancellationToken);
        signal.Wake();
    }

    /// <summary>Counts every site that waits for it.</summary>
    /// <returns>How many were counted.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        await using var db = Open();
        var places = await SiteTallies.StaleAsync(db, time.GetUtcNow(), cancellationToken);
        if (places.Count == 0) return 0;
        var directory = await catalog.SnapshotAsync(cancellationToken);
        foreach (var (editionId, siteId) in places)
            await RecountAsync(directory.Edition(editionId), directory.Site(siteId), cancellationToken);
        return places.Count;
    }

    /// <summary>Counts one site now.</summary>
    public async Task RecountAsync(Edition edition, Site site, CancellationToken cancellationToken)
    {
        await ChangeAsync(
            [site.Id],
            async (change, token) =>
            {
                await SiteTallies.BeginAsync(change.Db, edition.Id, site.Id, site.RegionId, time.GetUtcNow(), token);
                await change.Db.SaveChangesAsync(token);
            },
            cancellationToken);
        await using var db = Open();
        bool taken;
        do
        {
            // Outside the gate: nobody waits for the count.
            var tallies = await EnrollmentTallies.CountAsync(db, site.Id, site.RegionId, edition, cancellationToken);
            var result = await gate.WriteUnhurriedAsync<bool>(
                AccessScope.Whole,
                async (change, token) =>
                {
                    await provider.SerializeAsync(change.Db, SiteTallies.LockOf(site.Id), token);
                    return await tallies.ReplaceAsync(change, site.RegionId, time.GetUtcNow(), token);
                },
                cancellationToken);
            taken = result.Value;
        }
        while (!taken);
    }

    // Locks are taken in the order of the sites: whoever names several gives them sorted.
    private Task<Result<Done>> ChangeAsync(IReadOnlyList<int> siteIds, Func<WriteSession, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        gate.WriteUnhurriedAsync<Done>(
            AccessScope.Whole,
            async (change, token) =>
            {
                foreach (var site in siteIds) await provider.SerializeAsync(change.Db, SiteTallies.LockOf(site), token);
                await work(change, token);
                return new Done();
            },
            cancellationToken);

    /// <summary>The whole country's rows, for work that nobody asked for.</summary>
    public TrainingDbContext Open() => new(options) { Scope = AccessScope.Whole };
}
