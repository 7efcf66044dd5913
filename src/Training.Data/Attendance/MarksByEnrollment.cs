using System.Globalization;
using Training.Data.Providers;
using Training.Data.Writing;
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
    private const int UsualGroup = 32;

    private const string Known = """SELECT "EnrollmentId" FROM "MarkedGroups" WHERE "GroupId" = @p0""";

    /// <summary>All marks that the context's scope shows; to be narrowed by <see cref="FoundMark.EnrollmentId"/>.</summary>
    public static IQueryable<FoundMark> In(TrainingDbContext db) =>
        from place in db.Set<MarkedGroup>()
        join session in db.Set<Session>() on place.GroupId equals session.GroupId
        join mark in db.Set<AttendanceMark>() on new { SessionId = session.Id, place.EnrollmentId } equals new { mark.SessionId, mark.EnrollmentId }
        select new FoundMark { EnrollmentId = place.EnrollmentId, Mark = mark, Session = session };

    /// <summary>To be called with every first mark of an enrollment in a session: lets the marks be found.</summary>
    /// <param name="write">The change that writes the marks.</param>
    /// <param name="provider">Where sessions of one group are marked at once, they wait for each other, the first time alone.</param>
    /// <param name="groupId">The session's group.</param>
    /// <param name="enrollments">Whose marks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task NoteAsync(
        WriteSession write, IDatabaseProvider provider, int groupId, IReadOnlyCollection<int> enrollments, CancellationToken cancellationToken)
    {
        if (enrollments.All(KnownIn(write.Sql, groupId).Contains)) return;
        await provider.SerializeAsync(write.Db, string.Create(CultureInfo.InvariantCulture, $"marked:{groupId}"), cancellationToken);
        var known = KnownIn(write.Sql, groupId);
        foreach (var enrollment in enrollments)
        {
            if (known.Add(enrollment)) write.Rows.Insert(new MarkedGroup { GroupId = groupId, EnrollmentId = enrollment });
        }
    }

    private static HashSet<int> KnownIn(IStatements sql, int groupId)
    {
        var known = new HashSet<int>(UsualGroup);
        using var rows = sql.Query(Known, groupId);
        while (rows.Next()) known.Add(rows.Number(0));
        return known;
    }
}
