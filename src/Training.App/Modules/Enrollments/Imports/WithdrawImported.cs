using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Enrollments.Messages;
using Training.Data;
using Training.Data.Enrollments;
using Training.Data.Providers;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>
/// The work of an undo: withdraws what the list enrolled and nobody used since, in portions. What is withdrawn drops out of the
/// question, so an undo that was killed goes on where it stopped.
/// </summary>
internal sealed class WithdrawImported(
    IWriteGate gate, IDatabaseProvider provider, ImportClaims claims, DbContextOptions<TrainingDbContext> options, TimeProvider time)
{
    /// <summary>Why such an enrollment ended.</summary>
    public const string Reason = "importUndone";

    private const int Portion = 250;

    /// <summary>
    /// Enrollments of the list that nobody used: no mark, no certificate, no change of any kind, no transfer asked, the child's file not
    /// merged.
    /// </summary>
    public static IQueryable<Enrollment> Untouched(TrainingDbContext db, int importId) => Live(db, importId).Where(row => row.Version == 1
        && !db.Set<MarkedGroup>().IgnoreQueryFilters().Any(mark => mark.EnrollmentId == row.Id)
        && !db.Set<HeldMark>().IgnoreQueryFilters().Any(mark => mark.EnrollmentId == row.Id)
        && !db.Set<Transfer>().IgnoreQueryFilters().Any(transfer => transfer.EnrollmentId == row.Id)
        && !db.Set<Certificate>().IgnoreQueryFilters().Any(certificate => certificate.EnrollmentId == row.Id)
        && !db.Set<Merge>().IgnoreQueryFilters().Any(merge => merge.SurvivorId == row.ParticipantId || merge.RetiredId == row.ParticipantId));

    /// <summary>Enrollments of the list that the undo has not withdrawn: used since, also those that ended for another reason.</summary>
    public static IQueryable<Enrollment> Kept(TrainingDbContext db, int importId) =>
        db.Set<Enrollment>().IgnoreQueryFilters().Where(row => row.ImportId == importId && (row.EndReason == null || row.EndReason != Reason));

    /// <summary>Enrollments of the list that have not ended.</summary>
    public static IQueryable<Enrollment> Live(TrainingDbContext db, int importId) =>
        db.Set<Enrollment>().IgnoreQueryFilters().Where(row => row.ImportId == importId && row.Slot == 0);

    /// <summary>Withdraws what is left; the import is undone afterwards.</summary>
    public async Task RunAsync(Import import, CancellationToken cancellationToken)
    {
        int withdrawn;
        do
        {
            var portion = await gate.WriteBulkAsync((session, token) => PortionAsync(session, import, token), cancellationToken);
            if (!portion.Succeeded) throw new OperationCanceledException("Another worker has the import in hand.");
            withdrawn = portion.Value;
        }
        while (withdrawn > 0);

        await CloseGroupsAsync(import, cancellationToken);
        await using var db = new TrainingDbContext(options) { Scope = AccessScope.Whole };
        var kept = await Kept(db, import.Id).CountAsync(cancellationToken);
        await claims.ChangeAsync(
            import, row => (row.Status, row.Kept, row.UndoneAt) = (ImportStatus.Undone, kept, time.GetUtcNow()), cancellationToken);
    }

    /// <summary>
    /// Closes the groups that the list opened and that nobody has used since. They stay for the history of those who were in them,
    /// under another name, so that the next list may open its own.
    /// </summary>
    private async Task CloseGroupsAsync(Import import, CancellationToken cancellationToken)
    {
        const int nameKept = Group.NameMax - 14;
        var closed = await gate.WriteBulkAsync<int>(
            async (session, token) => await session.Db.Set<Group>()
                .Where(row => row.ImportId == import.Id && row.Taken == 0 && row.Capacity > 0
                    && !session.Db.Set<Enrollment>().IgnoreQueryFilters().Any(other => other.GroupId == row.Id && (other.Slot == 0 || other.ImportId != import.Id))
                    && !session.Db.Set<Session>().IgnoreQueryFilters().Any(other => other.GroupId == row.Id)
                    && !session.Db.Set<Schedule>().IgnoreQueryFilters().Any(other => other.GroupId == row.Id)
                    && !session.Db.Set<Squad>().IgnoreQueryFilters().Any(other => other.GroupId == row.Id)
                    && !session.Db.Set<Transfer>().IgnoreQueryFilters().Any(other => other.ToGroupId == row.Id && other.Slot == 0))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Capacity, 0)
                        .SetProperty(row => row.Name, row => (row.Name.Length > nameKept ? row.Name.Substring(0, nameKept) : row.Name) + " #" + row.Id),
                    token),
            cancellationToken);
        if (!closed.Succeeded) throw new OperationCanceledException("The groups could not be closed.");
    }

    /// <summary>Those who are withdrawn next. Who waits goes first: a place given back by the others would be offered to them.</summary>
    private static IQueryable<Enrollment> Portioned(TrainingDbContext db, int importId) =>
        Untouched(db, importId).OrderByDescending(row => row.Status).ThenBy(row => row.Id).Take(Portion);

    private async Task<Result<int>> PortionAsync(WriteSession session, Import import, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // Acts on these children wait, in the order in which everybody takes the sites' locks; only then is it read who is untouched.
        var sites = await Portioned(session.Db, import.Id).Select(row => row.SiteId).ToListAsync(cancellationToken);
        foreach (var site in sites.Distinct().Order()) await provider.SerializeAsync(session.Db, SitePlaces.LockOf(site), cancellationToken);
        var rows = await Portioned(session.Db, import.Id).Where(row => EF.Parameter(sites).Contains(row.SiteId)).AsTracking().ToListAsync(cancellationToken);
        // The waiting list is offered them at its next sweep.
        var places = rows.Where(row => row.HoldsPlace).GroupBy(row => row.GroupId).Select(group => (Group: group.Key, Count: group.Count())).ToList();
        foreach (var row in rows)
        {
            var before = row.Status;
            row.Withdraw(Reason, now);
            session.Rows.Insert(new EnrollmentChange
            {
                EnrollmentId = row.Id, Version = row.Version, Act = EnrollmentAct.Withdrawn, By = import.UndoneBy ?? "system", At = now, Reason = Reason,
                FromSiteId = row.SiteId, FromGroupId = row.GroupId, FromStatus = before, ToSiteId = row.SiteId, ToGroupId = row.GroupId, ToStatus = row.Status,
            });
        }
        await session.Db.SaveChangesAsync(cancellationToken);
        foreach (var (group, count) in places.OrderBy(place => place.Group))
        {
            await session.Db.Set<Group>().Where(row => row.Id == group)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Taken, row => row.Taken - count), cancellationToken);
        }
        if (rows.Count > 0)
            session.Events.Add(new EnrollmentsWithdrawn(import.Id, import.EditionId, [.. rows.Select(row => row.SiteId).Distinct().Order()]));
        session.Db.ChangeTracker.Clear();
        var kept = await claims.ChangeInAsync(session, import, row => row.Withdrawn += rows.Count, cancellationToken);
        return kept.Succeeded ? rows.Count : kept.Error;
    }
}
