using Microsoft.EntityFrameworkCore;
using Training.Data.Writing;
using Training.Domain.Certificates;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.Data.Reporting;

/// <summary>
/// Keeps the enrollment figures of a site: counted anew from the source, outside the gate so that nobody waits for the count,
/// and taken only when no other recount has come in since it began. A large club has thousands of cells, of which a recount changes few:
/// only those of groups that differ are written.
/// </summary>
public sealed class EnrollmentTallies
{
    private readonly Edition edition;
    private readonly int siteId;
    private readonly int recounts;
    private readonly Dictionary<(Sex Sex, byte Cohort), SiteEnrollmentCell> sites = [];
    private readonly Dictionary<(int Group, Sex Sex, byte Cohort), GroupEnrollmentCell> groups = [];
    private IReadOnlyList<SiteEnrollmentCell> formerSites = [];
    private IReadOnlyList<GroupEnrollmentCell> formerGroups = [];

    private EnrollmentTallies(Edition edition, int siteId, int recounts)
    {
        this.edition = edition;
        this.siteId = siteId;
        this.recounts = recounts;
    }

    /// <summary>Counts the source. The context must see the whole site.</summary>
    public static async Task<EnrollmentTallies> CountAsync(
        TrainingDbContext db, int siteId, int regionId, Edition edition, CancellationToken cancellationToken)
    {
        // The order matters: what is counted must not be older than the number it is compared by.
        var recounts = await db.Set<SiteTally>().Where(row => row.EditionId == edition.Id && row.SiteId == siteId)
            .Select(row => row.Recounts).SingleOrDefaultAsync(cancellationToken);
        var tallies = new EnrollmentTallies(edition, siteId, recounts)
        {
            formerSites = await Of<SiteEnrollmentCell>(db, edition.Id, siteId).AsNoTracking().ToListAsync(cancellationToken),
            formerGroups = await Of<GroupEnrollmentCell>(db, edition.Id, siteId).AsNoTracking().ToListAsync(cancellationToken),
        };
        foreach (var row in await SourceCounts.EnrollmentsOf(db, siteId, edition).ToListAsync(cancellationToken))
        {
            tallies.Add(row.Sex, (byte)row.Cohort, row.GroupId, regionId, cell =>
            {
                switch (row.Status)
                {
                    case EnrollmentStatus.Active: cell.Active += row.Count; break;
                    case EnrollmentStatus.AwaitingConsent: cell.Awaiting += row.Count; break;
                    case EnrollmentStatus.Waitlisted: cell.Waiting += row.Count; break;
                    case EnrollmentStatus.Withdrawn: cell.Withdrawn += row.Count; break;
                }
            });
        }
        foreach (var row in await SourceCounts.CertificatesOf(db, siteId, edition).ToListAsync(cancellationToken))
        {
            tallies.Add(row.Sex, (byte)row.Cohort, row.GroupId, regionId, cell =>
            {
                if (row.Kind == CertificateKind.Completion) cell.Completed += row.Count;
                if (row.Status == CertificateStatus.Issued) cell.Certificates += row.Count;
            });
        }
        return tallies;
    }

    /// <summary>Puts the count in place of the former one.</summary>
    /// <returns>False when another recount was faster: count again.</returns>
    public async Task<bool> ReplaceAsync(WriteSession change, int regionId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var site = await SiteTallies.OfAsync(change.Db, edition.Id, siteId, regionId, cancellationToken);
        if (site.Recounts != recounts) return false; // Else the former cells are those that were read: a recount alone writes them.
        site.Recounts++;
        site.Change(now);
        site.CountingSince = null;
        await change.Db.SaveChangesAsync(cancellationToken);
        if (Differ(formerSites.ToDictionary(cell => (cell.Sex, cell.Cohort)), sites).Any())
        {
            await Of<SiteEnrollmentCell>(change.Db, edition.Id, siteId).ExecuteDeleteAsync(cancellationToken);
            await change.Rows.InsertAllAsync(sites.Values, cancellationToken);
        }
        var changed = Differ(formerGroups.ToDictionary(cell => (cell.GroupId, cell.Sex, cell.Cohort)), groups).Select(key => key.Item1).ToHashSet();
        if (changed.Count > 0)
        {
            var ids = changed.ToArray();
            await Of<GroupEnrollmentCell>(change.Db, edition.Id, siteId).Where(row => EF.Parameter(ids).Contains(row.GroupId)).ExecuteDeleteAsync(cancellationToken);
            await change.Rows.InsertAllAsync([.. groups.Values.Where(cell => changed.Contains(cell.GroupId))], cancellationToken);
        }
        return true;
    }

    private static IQueryable<TCell> Of<TCell>(TrainingDbContext db, int editionId, int siteId)
        where TCell : EnrollmentCell => db.Set<TCell>().Where(row => row.EditionId == editionId && row.SiteId == siteId);

    /// <summary>Keys of cells that came, went or count otherwise.</summary>
    private static IEnumerable<TKey> Differ<TKey, TCell>(Dictionary<TKey, TCell> former, Dictionary<TKey, TCell> fresh)
        where TKey : notnull
        where TCell : EnrollmentCell =>
        fresh.Where(entry => !former.TryGetValue(entry.Key, out var known) || !entry.Value.CountsAs(known)).Select(entry => entry.Key)
            .Concat(former.Keys.Where(key => !fresh.ContainsKey(key)));

    private void Add(Sex sex, byte cohort, int groupId, int regionId, Action<EnrollmentCell> count)
    {
        if (!sites.TryGetValue((sex, cohort), out var site))
        {
            site = new SiteEnrollmentCell { EditionId = edition.Id, SiteId = siteId, RegionId = regionId, Sex = sex, Cohort = cohort };
            sites.Add((sex, cohort), site);
        }
        if (!groups.TryGetValue((groupId, sex, cohort), out var group))
        {
            group = new GroupEnrollmentCell { EditionId = edition.Id, SiteId = siteId, RegionId = regionId, GroupId = groupId, Sex = sex, Cohort = cohort };
            groups.Add((groupId, sex, cohort), group);
        }
        count(site);
        count(group);
    }
}
