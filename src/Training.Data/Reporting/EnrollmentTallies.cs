using Microsoft.EntityFrameworkCore;
using Training.Domain.Certificates;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.Data.Reporting;

/// <summary>
/// Keeps the enrollment figures of a site: counted anew from the source, outside the gate so that nobody waits for the count,
/// and taken only when no other recount has come in since it began.
/// </summary>
public sealed class EnrollmentTallies
{
    private readonly Edition edition;
    private readonly int siteId;
    private readonly int recounts;
    private readonly Dictionary<(Sex Sex, byte Cohort), SiteEnrollmentCell> sites = [];
    private readonly Dictionary<(int Group, Sex Sex, byte Cohort), GroupEnrollmentCell> groups = [];

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
        var tallies = new EnrollmentTallies(edition, siteId, recounts);
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
    public async Task<bool> ReplaceAsync(TrainingDbContext db, int regionId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var site = await SiteTallies.OfAsync(db, edition.Id, siteId, regionId, cancellationToken);
        if (site.Recounts != recounts) return false;
        site.Recounts++;
        site.Change(now);
        site.CountingSince = null;
        var oldSites = await db.Set<SiteEnrollmentCell>().AsTracking()
            .Where(row => row.EditionId == edition.Id && row.SiteId == siteId)
            .ToDictionaryAsync(row => (row.Sex, row.Cohort), cancellationToken);
        var oldGroups = await db.Set<GroupEnrollmentCell>().AsTracking()
            .Where(row => row.EditionId == edition.Id && row.SiteId == siteId)
            .ToDictionaryAsync(row => (row.GroupId, row.Sex, row.Cohort), cancellationToken);
        Replace(db, oldSites, sites);
        Replace(db, oldGroups, groups);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

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

    private static void Replace<TKey, TCell>(TrainingDbContext db, Dictionary<TKey, TCell> old, Dictionary<TKey, TCell> fresh)
        where TKey : notnull
        where TCell : EnrollmentCell
    {
        foreach (var (key, cell) in fresh)
        {
            if (old.Remove(key, out var known)) db.Entry(known).CurrentValues.SetValues(cell);
            else db.Add(cell);
        }
        db.RemoveRange(old.Values);
    }
}
