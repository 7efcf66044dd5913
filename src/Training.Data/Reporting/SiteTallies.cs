using Microsoft.EntityFrameworkCore;
using Training.Data.Writing;
using Training.Domain.Directory;

namespace Training.Data.Reporting;

/// <summary>
/// When a site's figures changed, and whether its enrollments must be counted anew. A registration only asks for the recount:
/// so a burst of them is counted once, and the question survives the process that was to answer it.
/// </summary>
public static class SiteTallies
{
    /// <summary>A recount that has taken this long was killed.</summary>
    public static readonly TimeSpan RecountMax = TimeSpan.FromMinutes(1);

    /// <summary>Name under which changes of a site's figures wait for each other.</summary>
    public static string LockOf(int siteId) => FormattableString.Invariant($"figures:{siteId}");

    /// <summary>Those of some sites for which a recount is asked that has not begun: it will see what is committed now.</summary>
    public static async Task<IReadOnlyList<int>> StaleOfAsync(
        TrainingDbContext db, int editionId, IReadOnlyCollection<int> siteIds, CancellationToken cancellationToken) =>
        await db.Set<SiteTally>().Where(row => row.EditionId == editionId && row.StaleSince != null && EF.Parameter(siteIds).Contains(row.SiteId))
            .Select(row => row.SiteId).ToListAsync(cancellationToken);

    /// <summary>Places whose enrollments wait to be counted.</summary>
    public static async Task<IReadOnlyList<(int EditionId, int SiteId)>> StaleAsync(
        TrainingDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var killed = now - RecountMax;
        var rows = await db.Set<SiteTally>().Where(row => row.StaleSince != null || row.CountingSince < killed)
            .OrderBy(row => row.StaleSince).Select(row => new { row.EditionId, row.SiteId }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.EditionId, row.SiteId))];
    }

    /// <summary>Places whose figures were counted by earlier rules: everything of them is to be counted anew.</summary>
    public static async Task<IReadOnlyList<(int EditionId, int SiteId)>> OutdatedAsync(TrainingDbContext db, CancellationToken cancellationToken)
    {
        var rows = await db.Set<SiteTally>().Where(row => row.Rules < SiteTally.CurrentRules)
            .Select(row => new { row.EditionId, row.SiteId }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.EditionId, row.SiteId)).Order()];
    }

    /// <summary>Asks for a recount of some sites, in a few statements: a list asks for those of half the country again and again. The sites must be held.</summary>
    /// <param name="session">The change.</param>
    /// <param name="editionId">Edition.</param>
    /// <param name="sites">The sites, each once.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task AskAsync(
        WriteSession session, int editionId, IReadOnlyCollection<Site> sites, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = sites.Select(site => site.Id).ToArray();
        var known = session.Db.Set<SiteTally>().Where(row => row.EditionId == editionId && EF.Parameter(ids).Contains(row.SiteId));
        await known.Where(row => row.StaleSince == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.StaleSince, now), cancellationToken);
        var there = (await known.Select(row => row.SiteId).ToListAsync(cancellationToken)).ToHashSet();
        await session.Rows.InsertAllAsync(
            [.. sites.Where(site => !there.Contains(site.Id)).Select(site => NewOf(editionId, site.Id, site.RegionId, staleSince: now))], cancellationToken);
    }

    /// <summary>
    /// Takes the question off before the count begins: what is asked from now on needs another count. The site must be held, and the
    /// caller saves.
    /// </summary>
    public static async Task BeginAsync(
        TrainingDbContext db, int editionId, int siteId, int regionId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var site = await OfAsync(db, editionId, siteId, regionId, cancellationToken);
        (site.StaleSince, site.CountingSince) = (null, now);
    }

    /// <summary>The site's row, made when there is none; tracked.</summary>
    internal static async Task<SiteTally> OfAsync(
        TrainingDbContext db, int editionId, int siteId, int regionId, CancellationToken cancellationToken)
    {
        var site = await db.Set<SiteTally>().AsTracking()
            .SingleOrDefaultAsync(row => row.EditionId == editionId && row.SiteId == siteId, cancellationToken);
        if (site is not null) return site;
        site = NewOf(editionId, siteId, regionId, staleSince: null);
        db.Add(site);
        return site;
    }

    private static SiteTally NewOf(int editionId, int siteId, int regionId, DateTimeOffset? staleSince) =>
        new() { EditionId = editionId, SiteId = siteId, RegionId = regionId, Rules = SiteTally.CurrentRules, StaleSince = staleSince };
}
