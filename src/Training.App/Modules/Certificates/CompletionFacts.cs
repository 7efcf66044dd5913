using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.Domain.Attendance;
using Training.Domain.Certificates;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Certificates;

/// <summary>What an enrollment's attendance amounts to, from the marks themselves: closed sessions, present or late.</summary>
internal sealed class CompletionFacts(ReadDb db)
{
    /// <summary>An enrollment that may earn a certificate.</summary>
    internal sealed record Candidate(
        int EnrollmentId, int ParticipantId, int EditionId, int SiteId, int RegionId, int Minutes, bool HasParticipation);

    /// <summary>Marks that count as attended, in closed sessions.</summary>
    private IQueryable<Attended> AttendedSessions =>
        from mark in db.Set<AttendanceMark>()
        join session in db.Set<Session>() on mark.SessionId equals session.Id
        where (mark.Status == AttendanceStatus.Present || mark.Status == AttendanceStatus.Late) && session.Status == SessionStatus.Closed
        select new Attended { EnrollmentId = mark.EnrollmentId, SessionId = session.Id, Minutes = session.Minutes };

    /// <summary>Enrollments with an attended mark in a session; led by the marks, of which a session has few.</summary>
    public IQueryable<Enrollment> InSession(int sessionId) =>
        from mark in db.Set<AttendanceMark>()
        join enrollment in db.Set<Enrollment>() on mark.EnrollmentId equals enrollment.Id
        where mark.SessionId == sessionId && (mark.Status == AttendanceStatus.Present || mark.Status == AttendanceStatus.Late)
        select enrollment;

    /// <summary>Live enrollments of youths whose guardian consented, without a completion certificate, that attended anything.</summary>
    public Task<List<Candidate>> CandidatesAsync(IQueryable<Enrollment> among, CancellationToken cancellationToken) =>
        among
            .Where(row => row.Slot == 0 && (row.Status == EnrollmentStatus.Active || row.Status == EnrollmentStatus.AwaitingConsent))
            .Where(row => db.Set<Consent>().Any(consent => consent.ParticipantId == row.ParticipantId
                && consent.Purpose == ConsentPurpose.Participation && consent.WithdrawnAt == null))
            .Where(row => !db.Set<Certificate>().Any(known => known.EnrollmentId == row.Id && known.Kind == CertificateKind.Completion))
            .Select(row => new Candidate(
                row.Id, row.ParticipantId, row.EditionId, row.SiteId, row.RegionId,
                AttendedSessions.Where(attended => attended.EnrollmentId == row.Id).Sum(attended => attended.Minutes),
                db.Set<Certificate>().Any(known => known.EnrollmentId == row.Id && known.Kind == CertificateKind.Participation)))
            .ToListAsync(cancellationToken);

    /// <summary>Attended minutes of one enrollment.</summary>
    public Task<int> MinutesAsync(int enrollmentId, CancellationToken cancellationToken) =>
        AttendedSessions.Where(attended => attended.EnrollmentId == enrollmentId).SumAsync(attended => attended.Minutes, cancellationToken);

    /// <summary>Keys of the modules each enrollment attended.</summary>
    public async Task<ILookup<int, int>> ModulesAsync(int[] enrollmentIds, CancellationToken cancellationToken)
    {
        var pairs = await (from attended in AttendedSessions
                           join covered in db.Set<SessionModule>() on attended.SessionId equals covered.SessionId
                           where enrollmentIds.Contains(attended.EnrollmentId)
                           select new { attended.EnrollmentId, covered.ModuleId }).Distinct().ToListAsync(cancellationToken);
        return pairs.ToLookup(pair => pair.EnrollmentId, pair => pair.ModuleId);
    }

    private sealed class Attended
    {
        public required int EnrollmentId { get; init; }

        public required int SessionId { get; init; }

        public required int Minutes { get; init; }
    }
}
