using Microsoft.EntityFrameworkCore;
using Training.Domain.Enrollments;
using Training.Domain.Families;
using Training.Domain.Registry;

namespace Training.Data.Registry;

/// <summary>Whether a guardian's consent to participation stands, and for which enrollments it holds good.</summary>
public static class StandingConsents
{
    /// <summary>
    /// True when a consent holds good for the enrollment. Who was taken over from the edition before has to be confirmed again, and coming
    /// back after leaving does not spare that.
    /// </summary>
    public static Task<bool> CoverAsync(TrainingDbContext db, Enrollment row, CancellationToken cancellationToken) => CoverAsync(db, row, [], cancellationToken);

    /// <summary>The same, with consents of this very change beside those on file.</summary>
    public static async Task<bool> CoverAsync(TrainingDbContext db, Enrollment row, IReadOnlyCollection<Consent> added, CancellationToken cancellationToken)
    {
        var onFile = await db.Set<Consent>().IgnoreQueryFilters().AsNoTracking()
            .Where(consent => consent.ParticipantId == row.ParticipantId && consent.Purpose == ConsentPurpose.Participation).ToListAsync(cancellationToken);
        var history = new ConsentHistory(
            [.. onFile.UnionBy(added.Where(consent => consent.Purpose == ConsentPurpose.Participation), consent => consent.Id)],
            await db.Set<ConsentObjection>().IgnoreQueryFilters().AnyAsync(
                no => no.ParticipantId == row.ParticipantId && no.Purpose == ConsentPurpose.Participation && no.EndedAt == null, cancellationToken));
        if (!history.Stands) return false;
        var takenOver = await (from change in db.Set<EnrollmentChange>().IgnoreQueryFilters()
                               join enrollment in db.Set<Enrollment>() on change.EnrollmentId equals enrollment.Id
                               where enrollment.ParticipantId == row.ParticipantId && enrollment.EditionId == row.EditionId && change.Act == EnrollmentAct.RolledOver
                               select change.At).ToListAsync(cancellationToken);
        return takenOver.Count == 0 || history.ConfirmsSince(takenOver.Min());
    }
}
