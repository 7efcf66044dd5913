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
        return
            from session in sessions
            join mark in db.Set<AttendanceMark>() on session.Id equals mark.SessionId
            join enrollment in db.Set<Enrollment>() on mark.EnrollmentId equals enrollment.Id
            join person in People(db, edition) on enrollment.ParticipantId equals person.Id
            group mark by new
            {
                mark.SessionId,
                person.Sex,
                person.Cohort,
                mark.Status,
            }
            into cell
            select new CountedMarks(cell.Key.SessionId, cell.Key.Sex, cell.Key.Cohort, cell.Key.Status, cell.Count());
    }

    /// <summary>Enrollments of a site by group, sex, age band and status.</summary>
    public static IQueryable<CountedEnrollments> EnrollmentsOf(TrainingDbContext db, int siteId, Edition edition)
    {
        return
            from enrollment in db.Set<Enrollment>()
            where enrollment.SiteId == siteId && enrollment.EditionId == edition.Id
                && enrollment.MergedIntoId == null // The child did not leave: it is counted where it goes on.
            join person in People(db, edition) on enrollment.ParticipantId equals person.Id
            group enrollment by new
            {
                enrollment.GroupId,
                enrollment.RegionId,
                person.Sex,
                person.Cohort,
                enrollment.Status,
            }
            into cell
            select new CountedEnrollments(
                cell.Key.GroupId, cell.Key.RegionId, cell.Key.Sex, cell.Key.Cohort, cell.Key.Status, cell.Count());
    }

    /// <summary>Standing certificates of a site's enrollments by group, sex and age band.</summary>
    public static IQueryable<CountedCertificates> CertificatesOf(TrainingDbContext db, int siteId, Edition edition)
    {
        return
            from enrollment in db.Set<Enrollment>()
            where enrollment.SiteId == siteId && enrollment.EditionId == edition.Id
            join certificate in db.Set<Certificate>() on enrollment.Id equals certificate.EnrollmentId
            join person in People(db, edition) on enrollment.ParticipantId equals person.Id
            where certificate.Status != CertificateStatus.Revoked
            group certificate by new
            {
                enrollment.GroupId,
                enrollment.RegionId,
                person.Sex,
                person.Cohort,
                certificate.Kind,
                certificate.Status,
            }
            into cell
            select new CountedCertificates(
                cell.Key.GroupId, cell.Key.RegionId, cell.Key.Sex, cell.Key.Cohort, cell.Key.Kind, cell.Key.Status, cell.Count());
    }

    /// <summary>What the figures know of a child. Comparisons with dates instead of a calculation: they cost least in either database.</summary>
    private static IQueryable<CountedPerson> People(TrainingDbContext db, Edition edition)
    {
        var cuts = new DateOnly[Cohorts.Max - 1];
        new Cohorts(edition).Cuts.ToArray().CopyTo(cuts, 0);
        var (c0, c1, c2, c3, c4, c5) = (cuts[0], cuts[1], cuts[2], cuts[3], cuts[4], cuts[5]);
        var (c6, c7, c8, c9, c10) = (cuts[6], cuts[7], cuts[8], cuts[9], cuts[10]);
        return db.Set<Participant>().Select(row => new CountedPerson
        {
            Id = row.Id,
            Sex = row.Sex,
            Cohort = row.BirthDate >= c5
                ? row.BirthDate >= c2 ? row.BirthDate >= c0 ? 0 : row.BirthDate >= c1 ? 1 : 2 : row.BirthDate >= c3 ? 3 : row.BirthDate >= c4 ? 4 : 5
                : row.BirthDate >= c8
                    ? row.BirthDate >= c6 ? 6 : row.BirthDate >= c7 ? 7 : 8
                    : row.BirthDate >= c9 ? 9 : row.BirthDate >= c10 ? 10 : 11,
        });
    }
}

internal sealed record CountedMarks(int SessionId, Sex Sex, int Cohort, AttendanceStatus Status, int Count);

internal sealed record CountedEnrollments(int GroupId, int RegionId, Sex Sex, int Cohort, EnrollmentStatus Status, int Count);

internal sealed record CountedCertificates(
    int GroupId, int RegionId, Sex Sex, int Cohort, CertificateKind Kind, CertificateStatus Status, int Count);

internal sealed class CountedPerson
{
    public required int Id { get; init; }

    public required Sex Sex { get; init; }

    public required int Cohort { get; init; }
}
