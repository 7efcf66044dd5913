using Training.Domain.Attendance;

namespace Training.Data.Attendance;

/// <summary>A mark and its session, found by the enrollment.</summary>
public sealed class FoundMark
{
    /// <summary>The enrollment.</summary>
    public required int EnrollmentId { get; init; }

    /// <summary>The mark.</summary>
    public required AttendanceMark Mark { get; init; }

    /// <summary>Its session.</summary>
    public required Session Session { get; init; }
}

/// <summary>
/// The way from an enrollment to its marks. There is no index of marks by enrollment, which would cost a page a child with every lesson
/// (<c>src/decisions/marks-are-found-by-group.md</c>): <see cref="MarkedGroup"/> says in which groups' sessions to look.
/// </summary>
public static class MarksByEnrollment
{
    /// <summary>All marks that the context's scope shows; to be narrowed by <see cref="FoundMark.EnrollmentId"/>.</summary>
    public static IQueryable<FoundMark> In(TrainingDbContext db) =>
        from place in db.Set<MarkedGroup>()
        join session in db.Set<Session>() on place.GroupId equals session.GroupId
        join mark in db.Set<AttendanceMark>() on new { SessionId = session.Id, place.EnrollmentId } equals new { mark.SessionId, mark.EnrollmentId }
        select new FoundMark { EnrollmentId = place.EnrollmentId, Mark = mark, Session = session };
}
