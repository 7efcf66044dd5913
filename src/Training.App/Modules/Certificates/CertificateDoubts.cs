using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Certificates;

/// <summary>
/// Looks whether certificates are still carried by attendance that was corrected. What is not is never taken back by itself: it becomes a
/// case for two people, which closes by itself when the attendance carries it again before anybody has said yes.
/// </summary>
internal sealed class CertificateDoubts(ReadDb db, CompletionFacts facts, DirectoryCatalog catalog, RevocationDesk desk, KeyAllocator keys, TimeProvider time)
{
    /// <summary>Certificates of children with any mark in the session, in its edition; led by the marks, of which a session has few.</summary>
    public async Task ReviewSessionAsync(int sessionId, CancellationToken cancellationToken)
    {
        var marked = await (from mark in db.Set<AttendanceMark>()
                            join enrollment in db.Set<Enrollment>() on mark.EnrollmentId equals enrollment.Id
                            where mark.SessionId == sessionId
                            select new { enrollment.ParticipantId, enrollment.EditionId }).Distinct().ToListAsync(cancellationToken);
        foreach (var edition in marked.GroupBy(child => child.EditionId, child => child.ParticipantId))
        {
            int[] children = [.. edition];
            await ReviewAsync(Standing.Where(row => children.Contains(row.ParticipantId) && row.EditionId == edition.Key), cancellationToken);
        }
    }

    /// <summary>Certificates of these children.</summary>
    public Task ReviewChildrenAsync(int[] participants, CancellationToken cancellationToken) =>
        ReviewAsync(Standing.Where(row => participants.Contains(row.ParticipantId)), cancellationToken);

    private IQueryable<Certificate> Standing =>
        db.Set<Certificate>().Where(row => row.Status == CertificateStatus.Earned || row.Status == CertificateStatus.Issued);

    private async Task ReviewAsync(IQueryable<Certificate> among, CancellationToken cancellationToken)
    {
        var directory = await catalog.SnapshotAsync(cancellationToken);
        foreach (var row in await among.OrderBy(row => row.Id).ToListAsync(cancellationToken))
        {
            var state = await facts.StateAsync(row.EnrollmentId, row.EditionId, directory, cancellationToken);
            var carried = row.Kind == CertificateKind.Completion ? state.Met : state.AttendedMinutes > 0;
            var known = await db.Set<RevocationCase>().Where(one => one.CertificateId == row.Id).ToListAsync(cancellationToken);
            var open = known.Find(one => one.Outcome == RevocationOutcome.Open);
            if (carried && open is { RaisedBy: RevocationCase.System, AgreedBy: null }) await CloseAsync(open.Id, cancellationToken);
            if (!carried && open is null && !known.Exists(DecidedByPeople)) await RaiseAsync(row.Id, cancellationToken);
        }
    }

    /// <summary>People who looked at such a case and kept the certificate are not asked again.</summary>
    private static bool DecidedByPeople(RevocationCase one) =>
        one is { Reason: RevocationReason.AttendanceCorrected, Outcome: RevocationOutcome.Kept } && one.DecidedBy != RevocationCase.System;

    private async Task RaiseAsync(int certificateId, CancellationToken cancellationToken)
    {
        var key = await keys.NextAsync<RevocationCase>(cancellationToken);
        await desk.ChangeAsync<Done>(
            async (write, token) =>
            {
                if (await write.Db.Set<RevocationCase>().AnyAsync(one => one.CertificateId == certificateId && one.Slot == 0, token)) return default(Done);
                write.Db.Add(RevocationCase.Raise(key, certificateId, time.GetUtcNow()));
                await write.Db.SaveChangesAsync(token);
                return default(Done);
            },
            cancellationToken);
    }

    private Task CloseAsync(int id, CancellationToken cancellationToken) => desk.ChangeAsync<Done>(
        async (write, token) =>
        {
            var open = await write.Db.Set<RevocationCase>().SingleAsync(one => one.Id == id, token);
            if (open is { Outcome: RevocationOutcome.Open, AgreedBy: null }) open.Keep(RevocationCase.System, time.GetUtcNow());
            await write.Db.SaveChangesAsync(token);
            return default(Done);
        },
        cancellationToken);
}
