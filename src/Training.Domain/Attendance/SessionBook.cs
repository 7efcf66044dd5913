using Training.Domain.Enrollments;

namespace Training.Domain.Attendance;

/// <summary>A mark as a client sends it.</summary>
/// <param name="MarkId">Id given by the client: the same id is the same mark, however often it is sent.</param>
/// <param name="EnrollmentId">The enrollment; 0 when the id could not be read.</param>
/// <param name="Status">The mark.</param>
/// <param name="CapturedAt">When it was marked, by the client's clock.</param>
/// <param name="BaseVersion">The session's version the client last saw.</param>
public sealed record MarkInput(Guid MarkId, int EnrollmentId, AttendanceStatus Status, DateTimeOffset CapturedAt, int BaseVersion);

/// <summary>What becomes of a mark.</summary>
public enum MarkVerdict
{
    /// <summary>This very mark was taken before: a success that changes nothing.</summary>
    Repeated,

    /// <summary>The child already has this mark: taken, nothing changes.</summary>
    Unchanged,

    /// <summary>The child's first mark.</summary>
    First,

    /// <summary>Replaces an earlier mark that the client had seen.</summary>
    Changed,

    /// <summary>Someone else's mark, which the client had not seen, says otherwise: a person must decide.</summary>
    Conflict,

    /// <summary>Not taken; the code says why.</summary>
    Refused,

    /// <summary>Not taken now, and kept until a person decides; the code says why.</summary>
    Held,
}

/// <summary>What becomes of a mark, and why.</summary>
/// <param name="Verdict">What.</param>
/// <param name="Theirs">The mark that stands, or stood before the change; null when there is none.</param>
/// <param name="Code">Stable code; only when refused or held.</param>
/// <param name="Hold">Why it is kept for a person; only for a conflict or when held.</param>
public readonly record struct MarkDecision(
    MarkVerdict Verdict, AttendanceStatus? Theirs = null, string? Code = null, HoldReason? Hold = null);

/// <summary>One youth of the session's group.</summary>
/// <param name="Enrollment">Where the enrollment stands.</param>
/// <param name="EndedOn">The day it ended, in UTC; null while live.</param>
/// <param name="Status">The mark; null when none yet.</param>
/// <param name="Version">The session's version at which the mark last changed; 0 when none yet.</param>
/// <param name="Moved">True when the child is in another group or site by now.</param>
public readonly record struct BookLine(EnrollmentStatus Enrollment, DateOnly? EndedOn, AttendanceStatus? Status, int Version, bool Moved = false);

/// <summary>What was taken in this session under a mark id.</summary>
/// <param name="EnrollmentId">The enrollment.</param>
/// <param name="Status">The mark.</param>
public readonly record struct TakenMark(int EnrollmentId, AttendanceStatus Status);

/// <summary>
/// The book of one session while a request is judged. Never overwrites silently: a mark that changed after the client's base
/// version and differs is a conflict.
/// </summary>
/// <param name="status">Where the session stands.</param>
/// <param name="date">Its local day.</param>
/// <param name="version">Its version.</param>
/// <param name="lines">The group's youths by enrollment.</param>
/// <param name="taken">What was taken before under the ids of this session.</param>
/// <param name="locked">True when the edition's cut-off for that day has passed.</param>
public sealed class SessionBook(
    SessionStatus status, DateOnly date, int version,
    IReadOnlyDictionary<int, BookLine> lines, Dictionary<Guid, TakenMark> taken, bool locked = false)
{
    /// <summary>How far a client's clock may be wrong, either way, before its mark is refused.</summary>
    public static readonly TimeSpan ClockSlack = TimeSpan.FromDays(1);

    private readonly HashSet<int> judged = [];

    /// <summary>The session's version before the request.</summary>
    public int Version { get; } = version;

    /// <summary>Judges one mark; the marks of a request are judged in their order.</summary>
    /// <param name="mark">The mark.</param>
    /// <param name="today">Today in Africa/Casablanca.</param>
    /// <param name="now">The time.</param>
    public MarkDecision Judge(MarkInput mark, DateOnly today, DateTimeOffset now)
    {
        if (taken.TryGetValue(mark.MarkId, out var earlier))
        {
            return earlier == new TakenMark(mark.EnrollmentId, mark.Status)
                ? new MarkDecision(MarkVerdict.Repeated)
                : Refuse("markIdReused");
        }
        if (status == SessionStatus.Cancelled) return Refuse("sessionCancelled");
        if (date > today) return Refuse("sessionInFuture");
        if (mark.CapturedAt > now + ClockSlack) return Refuse("capturedInFuture");
        if (mark.CapturedAt < new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) - ClockSlack) return Refuse("capturedBeforeSession");
        if (mark.BaseVersion > Version) return Refuse("baseVersionAhead");
        if (!lines.TryGetValue(mark.EnrollmentId, out var line)) return Refuse("notEnrolledHere");
        if (line.Enrollment == EnrollmentStatus.Waitlisted) return Refuse("waitlisted");
        if (!judged.Add(mark.EnrollmentId)) return Refuse("twiceInRequest");

        var decision = Judge(mark, line);
        if (decision.Hold is null) taken.Add(mark.MarkId, new TakenMark(mark.EnrollmentId, mark.Status));
        return decision;
    }

    private MarkDecision Judge(MarkInput mark, BookLine line)
    {
        if (line.Status == mark.Status) return new MarkDecision(MarkVerdict.Unchanged);
        if (locked) return Hold(line, HoldReason.CutOffPassed, "cutOffPassed");
        if (status == SessionStatus.Closed) return Hold(line, HoldReason.SessionClosed, "sessionClosed");
        // A mark that was captured offline may arrive after the child left; it counts when the child was still there that day.
        if (line.EndedOn < date) return Hold(line, HoldReason.ChildLeft, "enrollmentEnded");
        if (line.Moved) return Hold(line, HoldReason.ChildLeft, "childMoved");
        if (line.Status is not { } standing) return new MarkDecision(MarkVerdict.First);
        return line.Version > mark.BaseVersion
            ? new MarkDecision(MarkVerdict.Conflict, standing, Hold: HoldReason.Contradiction)
            : new MarkDecision(MarkVerdict.Changed, standing);
    }

    private static MarkDecision Refuse(string code) => new(MarkVerdict.Refused, Code: code);

    private static MarkDecision Hold(BookLine line, HoldReason why, string code) => new(MarkVerdict.Held, line.Status, code, why);
}
