using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.Domain.Attendance;
using Training.Domain.Certificates;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Certificates;

/// <summary>
/// What a child's attendance in an edition amounts to, from the marks themselves: closed sessions, present or late. The child counts, not
/// the row: who left and came back, or had two files and a place on each, brings what was attended under every enrollment of that edition,
/// at whatever site, each session once. What it says are sums, so it reads beyond the caller's scope; who asks has been shown the enrollment.
/// </summary>
internal sealed class CompletionFacts(ReadDb db)
{
    /// <summary>An enrollment that may earn a certificate.</summary>
    internal sealed record Candidate(
        int EnrollmentId, int ParticipantId, int EditionId, int SiteId, int RegionId, int Minutes, bool HasParticipation);

    /// <summary>Marks that count as attended, in closed sessions.</summary>
    private IQueryable<Attended> AttendedSessions =>
        from found in db.Marks()
        where (found.Mark.Status == AttendanceStatus.Present || found.Mark.Status == AttendanceStatus.Late) && found.Session.Status == SessionStatus.Closed
        select new Attended { EnrollmentId = found.EnrollmentId, SessionId = found.Session.Id, Minutes = found.Session.Minutes };

    /// <summary>Enrollments that live of who has an attended mark in a session; led by the marks, of which a session has few.</summary>
    public IQueryable<Enrollment> InSession(int sessionId)
    {
        var attended = from mark in db.Set<AttendanceMark>()
                       join marked in db.Set<Enrollment>() on mark.EnrollmentId equals marked.Id
                       join live in db.Set<Enrollment>() on new { marked.ParticipantId, marked.EditionId, Slot = 0 } equals new { live.ParticipantId, live.EditionId, live.Slot }
                       where mark.SessionId == sessionId && (mark.Status == AttendanceStatus.Present || mark.Status == AttendanceStatus.Late)
                       select live.Id;
        return db.Set<Enrollment>().Where(row => attended.Contains(row.Id));
    }

    /// <summary>Enrollments of these children.</summary>
    public IQueryable<Enrollment> Of(params int[] participants) => db.Set<Enrollment>().Where(row => participants.Contains(row.ParticipantId));

    /// <summary>Live enrollments of youths whose guardian consented, without a completion certificate, that attended anything.</summary>
    public async Task<List<Candidate>> CandidatesAsync(IQueryable<Enrollment> among, CancellationToken cancellationToken)
    {
        var found = await OwnAsync(among, cancellationToken);
        var others = await OthersAsync([.. found.Select(row => row.EnrollmentId)], cancellationToken);
        if (others.Count == 0) return found;
        var candidates = new List<Candidate>(found.Count);
        foreach (var row in found)
        {
            if (!others.Contains(row.EnrollmentId)) candidates.Add(row);
            else if (await WithOthersAsync(row, [.. others[row.EnrollmentId]], cancellationToken) is { } whole) candidates.Add(whole);
        }
        return candidates;
    }

    /// <summary>Counts in what was attended and earned under the child's other enrollments; null when that was a completion certificate.</summary>
    private async Task<Candidate?> WithOthersAsync(Candidate row, int[] others, CancellationToken cancellationToken)
    {
        // A certificate revoked on a second file was one too many; one revoked on the child's own is not earned anew by coming back.
        var held = await (from known in db.Set<Certificate>()
                          join ended in db.Set<Enrollment>() on known.EnrollmentId equals ended.Id
                          where others.Contains(known.EnrollmentId) && (known.Status != CertificateStatus.Revoked || ended.MergedIntoId == null)
                          select known.Kind).ToListAsync(cancellationToken);
        if (held.Contains(CertificateKind.Completion)) return null;
        return row with
        {
            Minutes = await MinutesOfAsync([row.EnrollmentId, .. others], cancellationToken),
            HasParticipation = row.HasParticipation || held.Contains(CertificateKind.Participation),
        };
    }

    /// <summary>The other enrollments of the same child in the same edition, by each of these.</summary>
    private async Task<ILookup<int, int>> OthersAsync(int[] enrollmentIds, CancellationToken cancellationToken)
    {
        var pairs = await (from row in db.Set<Enrollment>().IgnoreQueryFilters()
                           join other in db.Set<Enrollment>() on new { row.ParticipantId, row.EditionId } equals new { other.ParticipantId, other.EditionId }
                           where enrollmentIds.Contains(row.Id) && other.Id != row.Id
                           select new { row.Id, Other = other.Id }).ToListAsync(cancellationToken);
        return pairs.ToLookup(pair => pair.Id, pair => pair.Other);
    }

    /// <summary>Each session once, whichever enrollment it was marked under.</summary>
    private Task<int> MinutesOfAsync(int[] enrollmentIds, CancellationToken cancellationToken) => AttendedSessions.IgnoreQueryFilters()
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

    /// <summary>Minutes that the child of an enrollment attended in its edition.</summary>
    public async Task<int> MinutesAsync(int enrollmentId, CancellationToken cancellationToken) => await MinutesOfAsync(
        [enrollmentId, .. (await OthersAsync([enrollmentId], cancellationToken))[enrollmentId]], cancellationToken);

    /// <summary>How far the child of an enrollment is in its edition.</summary>
    public async Task<CompletionState> StateAsync(int enrollmentId, int editionId, DirectorySnapshot directory, CancellationToken cancellationToken)
    {
        var modules = await ModulesAsync([enrollmentId], cancellationToken);
        return Completion.Assess(
            directory.Edition(editionId).Completion, [.. directory.Modules(editionId)], await MinutesAsync(enrollmentId, cancellationToken),
            modules[enrollmentId].ToHashSet());
    }

    /// <summary>Keys of the modules that the child of each enrollment attended in its edition.</summary>
    /// <param name="enrollmentIds">At most one of a child and edition.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ILookup<int, int>> ModulesAsync(int[] enrollmentIds, CancellationToken cancellationToken)
    {
        var others = await OthersAsync(enrollmentIds, cancellationToken);
        var counted = others.SelectMany(entry => entry.Select(id => (From: id, Into: entry.Key))).ToDictionary(entry => entry.From, entry => entry.Into);
        int[] all = [.. enrollmentIds, .. counted.Keys];
        var pairs = await (from attended in AttendedSessions.IgnoreQueryFilters()
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
