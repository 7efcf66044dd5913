using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.Data.Enrollments;
using Training.Data.Writing;
using Training.Domain.Directory;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Lifecycle;

/// <summary>
/// A group's places and who waits for them. A place that comes free is offered in the same change to the first who waits, so that no
/// registration slips in between. The caller holds the site's lock.
/// </summary>
internal sealed class WaitingList(EnrollmentDesk desk, DirectoryCatalog catalog, TimeProvider time)
{
    /// <summary>Most offers at one time; a place left over is found by the next look.</summary>
    private const int OffersMax = 500;

    /// <summary>The order of the list: as entered; who let an offer pass stands behind everybody who waited then.</summary>
    public static IOrderedQueryable<Enrollment> Ordered(IQueryable<Enrollment> waiting) =>
        waiting.OrderBy(row => row.QueuedAgainAt ?? row.EnrolledAt).ThenBy(row => row.Id);

    /// <summary>Those of the rows who wait, with or without an offer.</summary>
    public static IQueryable<Enrollment> Waiting(IQueryable<Enrollment> rows) =>
        rows.Where(row => row.Slot == 0 && row.Status == EnrollmentStatus.Waitlisted);

    /// <summary>False while others wait for the group: a newcomer does not pass them.</summary>
    public static async Task<bool> IsOpenToNewcomersAsync(WriteSession session, int groupId, CancellationToken cancellationToken) =>
        !await Waiting(session.Db.Set<Enrollment>().IgnoreQueryFilters())
            .AnyAsync(row => row.GroupId == groupId && row.OfferExpiresAt == null, cancellationToken);

    /// <summary>Gives a place back and offers it on.</summary>
    public async Task ReleaseAsync(WriteSession session, int groupId, CancellationToken cancellationToken)
    {
        await session.Db.Set<Group>().Where(row => row.Id == groupId && row.Taken > 0)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Taken, row => row.Taken - 1), cancellationToken);
        await OfferAsync(session, groupId, cancellationToken);
    }

    /// <summary>
    /// Offers every free place of a group to those who wait, in their order. Where the site has a limit, a place that came free is one
    /// of the site: it goes to the first who waits in any of its groups that has room.
    /// </summary>
    /// <returns>How many offers were made.</returns>
    public async Task<int> OfferAsync(WriteSession session, int groupId, CancellationToken cancellationToken)
    {
        var group = await session.Db.Set<Group>().AsNoTracking().SingleAsync(row => row.Id == groupId, cancellationToken);
        var edition = (await catalog.SnapshotAsync(cancellationToken)).Edition(group.EditionId);
        if (!edition.TakesEnrollmentsOn(time.Today())) return 0;
        var left = SitePlaces.Left(session.Sql, group.SiteId, group.EditionId);
        var free = left ?? group.Capacity - group.Taken;
        if (free <= 0) return 0;

        var waiting = Waiting(session.Db.Set<Enrollment>().IgnoreQueryFilters().AsTracking()).Where(row => row.OfferExpiresAt == null);
        waiting = left is null
            ? waiting.Where(row => row.GroupId == groupId)
            : waiting.Where(row => session.Db.Set<Group>().Any(other => other.Id == row.GroupId
                && other.SiteId == group.SiteId && other.EditionId == group.EditionId && other.Taken < other.Capacity));
        var made = 0;
        foreach (var row in await Ordered(waiting).Take(Math.Min(free, OffersMax)).ToListAsync(cancellationToken))
        {
            // Under a limit one group may fill up while another still has room.
            if (!SitePlaces.Take(session.Sql, row.GroupId)) continue;
            Offer(session, row, edition, EnrollmentAct.Offered, null);
            made++;
        }
        await session.Db.SaveChangesAsync(cancellationToken);
        return made;
    }

    /// <summary>Puts one who waits before all others of the group. The caller saves.</summary>
    public async Task MoveForwardAsync(WriteSession session, Enrollment row, string? reason, CancellationToken cancellationToken)
    {
        var before = Standing.Of(row);
        var first = await Ordered(Waiting(session.Db.Set<Enrollment>().IgnoreQueryFilters()).Where(other => other.GroupId == row.GroupId && other.OfferExpiresAt == null))
            .Select(other => other.QueuedAgainAt ?? other.EnrolledAt).FirstAsync(cancellationToken);
        if (row.MoveForward(first)) desk.Note(session, row, before, EnrollmentAct.MovedForward, note: reason);
    }

    /// <summary>Holds a place, already taken, for one who waits. The caller saves.</summary>
    public void Offer(WriteSession session, Enrollment row, Edition edition, EnrollmentAct act, string? reason)
    {
        var before = Standing.Of(row);
        row.Offer(time.GetUtcNow().AddHours(edition.OfferHours));
        desk.Note(session, row, before, act, note: reason);
    }
}
