using Training.Domain.Attendance;
using Training.Domain.Certificates;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;
using Training.Domain.Reporting;

namespace Training.Data.Reporting;

/// <summary>Counts the source of truth in one query each; the children's names are not touched.</summary>
internal static class SourceCounts
{
    /// <summary>Marks of the given sessions by session, sex, age band and status.</summary>
    public static IQueryable<CountedMarks> MarksOf(TrainingDbContext db, IQueryable<Session> sessions, Edition edition)
    {
        var (eleven, fourteen, sixteen) = LimitsOf(edition);
        return
            from session in sessions
            join mark in db.Set<AttendanceMark>() on session.Id equals mark.SessionId
            join enrollment in db.Set<Enrollment>() on mark.EnrollmentId equals enrollment.Id
            join participant in db.Set<Participant>() on enrollment.ParticipantId equals participant.Id
            group mark by new
            {
                mark.SessionId,
                participant.Sex,
                Band = participant.BirthDate > eleven ? 0 : participant.BirthDate > fourteen ? 1 : participant.BirthDate > sixteen ? 2 : 3,
                mark.Status,
            }
            into cell
            select new CountedMarks(cell.Key.SessionId, cell.Key.Sex, cell.Key.Band, cell.Key.Status, cell.Count());
    }

    /// <summary>Enrollments of a site by group, sex, age band and status.</summary>
    public static IQueryable<CountedEnrollments> EnrollmentsOf(TrainingDbContext db, int siteId, Edition edition)
    {
        var (eleven, fourteen, sixteen) = LimitsOf(edition);
        return
            from enrollment in db.Set<Enrollment>()
            where enrollment.SiteId == siteId && enrollment.EditionId == edition.Id
                && enrollment.MergedIntoId == null // The child did not leave: it is counted where it goes on.
            join participant in db.Set<Participant>() on enrollment.ParticipantId equals participant.Id
            group enrollment by new
            {
                enrollment.GroupId,
                enrollment.RegionId,
                participant.Sex,
                Band = participant.BirthDate > eleven ? 0 : participant.BirthDate > fourteen ? 1 : participant.BirthDate > sixteen ? 2 : 3,
                enrollment.Status,
            }
            into cell
            select new CountedEnrollments(
                cell.Key.GroupId, cell.Key.RegionId, cell.Key.Sex, cell.Key.Band, cell.Key.Status, cell.Count());
    }

    /// <summary>Standing certificates of a site's enrollments by group, sex and age band.</summary>
    public static IQueryable<CountedCertificates> CertificatesOf(TrainingDbContext db, int siteId, Edition edition)
    {
        var (eleven, fourteen, sixteen) = LimitsOf(edition);
        return
            from enrollment in db.Set<Enrollment>()
            where enrollment.SiteId == siteId && enrollment.EditionId == edition.Id
            join certificate in db.Set<Certificate>() on enrollment.Id equals certificate.EnrollmentId
            join participant in db.Set<Participant>() on enrollment.ParticipantId equals participant.Id
            where certificate.Status != CertificateStatus.Revoked
            group certificate by new
            {
                enrollment.GroupId,
                enrollment.RegionId,
                participant.Sex,
                Band = participant.BirthDate > eleven ? 0 : participant.BirthDate > fourteen ? 1 : participant.BirthDate > sixteen ? 2 : 3,
                certificate.Kind,
                certificate.Status,
            }
            into cell
            select new CountedCertificates(
                cell.Key.GroupId, cell.Key.RegionId, cell.Key.Sex, cell.Key.Band, cell.Key.Kind, cell.Key.Status, cell.Count());
    }

    private static (DateOnly Eleven, DateOnly Fourteen, DateOnly Sixteen) LimitsOf(Edition edition) => (
        AgeBands.BornUntil(AgeBand.From11To13, edition.AgeReferenceDate),
        AgeBands.BornUntil(AgeBand.From14To15, edition.AgeReferenceDate),
        AgeBands.BornUntil(AgeBand.From16To18, edition.AgeReferenceDate));
}

internal sealed record CountedMarks(int SessionId, Sex Sex, int Band, AttendanceStatus Status, int Count);

internal sealed record CountedEnrollments(int GroupId, int RegionId, Sex Sex, int Band, EnrollmentStatus Status, int Count);

internal sealed record CountedCertificates(
    int GroupId, int RegionId, Sex Sex, int Band, CertificateKind Kind, CertificateStatus Status, int Count);
