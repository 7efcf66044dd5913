using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Attendance.Messages;
using Training.App.Platform;
using Training.Data.Reporting;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Reporting;

/// <summary>
/// Finds figures that are behind what they count, and asks for them again. It, not the bus, is the guarantee that they arrive: a queue
/// that somebody purged has forgotten them for good.
/// </summary>
internal sealed class FigureSweep(ReadDb db, EnrollmentCounter counter, IWriteGate gate)
{
    private const int SessionsMax = 1000;
    private const int BatchMax = 100;

    /// <returns>Sessions and places that were asked for again; what is only on its way is among them, and counted once.</returns>
    public async Task<(int Sessions, int Places)> SweepAsync(CancellationToken cancellationToken) =>
        (await AskForSessionsAsync(cancellationToken), await AskForPlacesAsync(cancellationToken));

    private async Task<int> AskForSessionsAsync(CancellationToken cancellationToken)
    {
        // A session that was never touched has nothing to count and no tally.
        var behind = await (
            from session in db.Set<Session>()
            join tally in db.Set<SessionTally>() on session.Id equals tally.SessionId into tallies
            from tally in tallies.DefaultIfEmpty()
            where tally == null ? session.Version > 1 : tally.Version < session.Version
            orderby session.Id
            select new { session.Id, session.Version }).Take(SessionsMax).ToListAsync(cancellationToken);
        foreach (var batch in behind.Chunk(BatchMax))
        {
            await gate.WriteAsync<Done>(
                AccessScope.Whole,
                (write, _) =>
                {
                    foreach (var session in batch) write.Events.Add(new AttendanceRecorded(session.Id, session.Version));
                    return Task.FromResult<Result<Done>>(default(Done));
                },
                cancellationToken);
        }
        return behind.Count;
    }

    private async Task<int> AskForPlacesAsync(CancellationToken cancellationToken)
    {
        var counted = await db.Set<SiteEnrollmentCell>().GroupBy(row => new { row.EditionId, row.SiteId })
            .Select(cells => new Place(
                cells.Key.EditionId, cells.Key.SiteId, cells.Sum(row => row.Active), cells.Sum(row => row.Awaiting),
                cells.Sum(row => row.Waiting), cells.Sum(row => row.Withdrawn)))
            .ToListAsync(cancellationToken);
        var source = await db.Set<Enrollment>().Where(row => row.MergedIntoId == null).GroupBy(row => new { row.EditionId, row.SiteId })
            .Select(rows => new Place(
                rows.Key.EditionId, rows.Key.SiteId,
                rows.Count(row => row.Status == EnrollmentStatus.Active), rows.Count(row => row.Status == EnrollmentStatus.AwaitingConsent),
                rows.Count(row => row.Status == EnrollmentStatus.Waitlisted), rows.Count(row => row.Status == EnrollmentStatus.Withdrawn)))
            .ToListAsync(cancellationToken);
        var certified = await CertifiedAsync(cancellationToken);
        var behind = Differing(counted, source).Union(Differing(certified.Counted, certified.Source)).Order().ToList();
        foreach (var sites in behind.GroupBy(place => place.Item1, place => place.Item2)) await counter.AskAsync(sites.Key, [.. sites], cancellationToken);
        return behind.Count;
    }

    private async Task<(List<Certified> Counted, List<Certified> Source)> CertifiedAsync(CancellationToken cancellationToken)
    {
        var counted = await db.Set<SiteEnrollmentCell>().Where(row => row.Completed > 0 || row.Certificates > 0).GroupBy(row => new { row.EditionId, row.SiteId })
            .Select(cells => new Certified(cells.Key.EditionId, cells.Key.SiteId, cells.Sum(row => row.Completed), cells.Sum(row => row.Certificates)))
            .ToListAsync(cancellationToken);
        var source = await db.Set<Certificate>()
            .Where(row => row.Status == CertificateStatus.Issued || (row.Kind == CertificateKind.Completion && row.Status != CertificateStatus.Revoked))
            .Join(db.Set<Enrollment>(), row => row.EnrollmentId, row => row.Id, (row, place) => new { place.EditionId, place.SiteId, row.Kind, row.Status })
            .GroupBy(row => new { row.EditionId, row.SiteId })
            .Select(rows => new Certified(
                rows.Key.EditionId, rows.Key.SiteId, rows.Count(row => row.Kind == CertificateKind.Completion), rows.Count(row => row.Status == CertificateStatus.Issued)))
            .ToListAsync(cancellationToken);
        return (counted, source);
    }

    private static IEnumerable<(int Edition, int Site)> Differing<TCount>(List<TCount> counted, List<TCount> source)
        where TCount : IPlace => counted.Except(source).Concat(source.Except(counted)).Select(place => (place.EditionId, place.SiteId));

    private interface IPlace
    {
        int EditionId { get; }

        int SiteId { get; }
    }

    private sealed record Place(int EditionId, int SiteId, int Active, int Awaiting, int Waiting, int Withdrawn) : IPlace;

    private sealed record Certified(int EditionId, int SiteId, int Completed, int Certificates) : IPlace;
}
