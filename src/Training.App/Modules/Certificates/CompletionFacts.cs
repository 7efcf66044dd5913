using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.Domain.Attendance;
using Training.Domain.Certificates;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Certificates;

/// <summary>
/// What an enrollment's attendance amounts to, from the marks themselves: closed sessions, present or late. Where a child had two files
/// and a place on each, what was attended under either counts for the enrollment that goes on, each session once.
/// </summary>
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
    public IQueryable<Enrollment> InSession(int sessionId)
    {
        var attended = from mark in db.Set<AttendanceMark>()
                       join enrollment in db.Set<Enrollment>() on mark.EnrollmentId equals enrollment.Id
                       where mark.SessionId == sessionId && (mark.Status == AttendanceStatus.Present || mark.Status == AttendanceStatus.Late)
                       select enrollment.MergedIntoId ?? enrollment.Id;
        return db.Set<Enrollment>().Where(row => attended.Contains(row.Id));
    }

    /// <summary>Enrollments of these children.</summary>
    public IQueryable<Enrollment> Of(params int[] participants) => db.Set<Enrollment>().Where(row => participants.Contains(row.ParticipantId));

    /// <summary>Live enrollments of youths whose guardian consented, without a completion certificate, that attended anything.</summary>
    public async Task<List<Candidate>> CandidatesAsync(IQueryable<Enrollment> among, CancellationToken cancellationToken)
    {
        var found = await OwnAsync(among, cancellationToken);
        var merged = await MergedIntoAsync([.. found.Select(row => row.EnrollmentId)], cancellationToken);
        if (merged.Count == 0) return found;
        var candidates = new List<Candidate>(found.Count);
        foreach (var row in found)
        {
            if (!merged.Contains(row.EnrollmentId)) candidates.Add(row);
            else if (await WithMergedAsync(row, [.. merged[row.EnrollmentId]], cancellationToken) is { } whole) candidates.Add(whole);
        }
        return candidates;
    }

    /// <summary>Counts in what was attended and earned under enrollments that ended by a merge; null when that was a completion certificate.</summary>
    private async Task<Candidate?> WithMergedAsync(Candidate row, int[] merged, CancellationToken cancellationToken)
    {
        var held = await db.Set<Certificate>().Where(known => merged.Contains(known.EnrollmentId) && known.Status != CertificateStatus.Revoked)
            .Select(known => known.Kind).ToListAsync(cancellationToken);
        if (held.Contains(CertificateKind.Completion)) return null;
        return row with
        {
            Minutes = await MinutesOfAsync([row.EnrollmentId, .. merged], cancellationToken),
            HasParticipation = row.HasParticipation || held.Contains(CertificateKind.Participation),
        };
    }

    /// <summary>Enrollments that ended by a merge, by the one that goes on.</summary>
    private async Task<ILookup<int, int>> MergedIntoAsync(int[] enrollmentIds, CancellationToken cancellationToken)
    {
        var rows = await db.Set<Enrollment>().Where(row => row.MergedIntoId != null && enrollmentIds.Contains(row.MergedIntoId.Value))
            .Select(row => new { Into = row.MergedIntoId!.Value, row.Id }).ToListAsync(cancellationToken);
        return rows.ToLookup(row => row.Into, row => row.Id);
    }

    /// <summary>Each session once, whichever enrollment it was marked under.</summary>
    private Task<int> MinutesOfAsync(int[] enrollmentIds, CancellationToken cancellationToken) => AttendedSessions
        .Where(attended => enrollmentIds.Contains(attended.EnrollmentId)).Select(attended => new { attended.SessionId, attended.Minutes }).Distinct()
        .SumAsync(attended => attended.Minutes, cancellationToken);

    private Task<List<Candidate>> OwnAsync(IQueryable<Enrollment> among, CancellationToken cancellationToken) =>
        among
            .Where(row => row.Slot == 0 && row.Status == EnrollmentStatus.Active)
            .Where(row => db.Set<Consent>().Any(consent => consent.ParticipantId == row.ParticipantId
                && consent.Purpose == ConsentPurpose.Participation && consent.WithdrawnAt == null))
            .Where(row => !db.Set<Certificate>().Any(known => known.EnrollmentId == row.Id && known.Kind == CertificateKind.Completion))
            .Select(row => new Candidate(
                row.Id, row.ParticipantId, row.EditionId, row.SiteId, row.RegionId,
                AttendedSessions.Where(attended => attended.EnrollmentId == row.Id).Sum(attended => attended.Minutes),
                db.Set<Certificate>().Any(known => known.EnrollmentId == row.Id && known.Kind == CertificateKind.Participation)))
            .ToListAsync(cancellationToken);

    /// <summary>Attended minutes of one enrollment.</summary>
    public async Task<int> MinutesAsync(int enrollmentId, CancellationToken cancellationToken) => await MinutesOfAsync(
        [enrollmentId, .. (await MergedIntoAsync([enrollmentId], cancellationToken))[enrollmentId]], cancellationToken);

    /// <summary>Keys of the modules each enrollment attended.</summary>
    public async Task<ILookup<int, int>> ModulesAsync(int[] enrollmentIds, CancellationToken cancellationToken)
    {
        var merged = await MergedIntoAsync(enrollmentIds, cancellationToken);
        var counted = merged.SelectMany(entry => entry.Select(id => (From: id, Into: entry.Key))).ToDictionary(entry => entry.From, entry => entry.Into);
        int[] all = [.. enrollmentIds, .. counted.Keys];
        var pairs = await (from attended in AttendedSessions
                           join covered in db.Set<SessionModule>() on attended.SessionId equals covered.SessionId
                           where all.Contains(attended.EnrollmentId)
                           select new { attended.EnrollmentId, covered.ModuleId }).Distinct().ToListAsync(cancellationToken);
        return pairs.ToLookup(pair => counted.GetValueOrDefault(pair.EnrollmentId, pair.EnrollmentId), pair => pair.ModuleId);
    }

    private sealed class Attended
    {
        public required int EnrollmentId { get; init; }

        public required int SessionId { get; init; }

        public required int Minutes { get; init; }
    }
}
