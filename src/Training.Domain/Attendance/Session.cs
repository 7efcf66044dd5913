namespace Training.Domain.Attendance;

/// <summary>The four kinds of session.</summary>
public enum SessionKind : byte
{
    /// <summary>Football training.</summary>
    Training = 1,

    /// <summary>Workshop.</summary>
    Workshop = 2,

    /// <summary>A day of a tournament.</summary>
    TournamentDay = 3,

    /// <summary>Online.</summary>
    Online = 4,
}

/// <summary>Where a session stands.</summary>
public enum SessionStatus : byte
{
    /// <summary>Planned or under way: marks are taken.</summary>
    Open = 1,

    /// <summary>Closed by its facilitator: its marks count.</summary>
    Closed = 2,

    /// <summary>Cancelled: takes no marks.</summary>
    Cancelled = 3,
}

/// <summary>How a youth attended.</summary>
public enum AttendanceStatus : byte
{
    /// <summary>Present.</summary>
    Present = 1,

    /// <summary>Came late; counts as attended.</summary>
    Late = 2,

    /// <summary>Absent with a reason; does not count as attended.</summary>
    Excused = 3,

    /// <summary>Absent.</summary>
    Absent = 4,
}

/// <summary>One session of a group. Kept as local date and time of Africa/Casablanca; UTC is computed late.</summary>
public sealed class Session
{
    /// <summary>Longest session, in minutes.</summary>
    public const int MinutesMax = 600;

    /// <summary>Internal key.</summary>
    public required int Id { get; init; }

    /// <summary>The group.</summary>
    public required int GroupId { get; init; }

    /// <summary>The group's site.</summary>
    public required int SiteId { get; init; }

    /// <summary>The site's region.</summary>
    public required int RegionId { get; init; }

    /// <summary>The edition.</summary>
    public required int EditionId { get; init; }

    /// <summary>The kind.</summary>
    public required SessionKind Kind { get; init; }

    /// <summary>Local day.</summary>
    public required DateOnly Date { get; set; }

    /// <summary>Local start.</summary>
    public required TimeOnly Start { get; set; }

    /// <summary>Length in minutes.</summary>
    public required int Minutes { get; set; }

    /// <summary>Where it stands.</summary>
    public SessionStatus Status { get; private set; } = SessionStatus.Open;

    /// <summary>Counts changes of the session or its marks, from 1; an event carries it.</summary>
    public int Version { get; private set; } = 1;

    /// <summary>When it was closed; null while open.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Closes the books of the session; closing twice changes nothing.</summary>
    /// <returns>False when it cannot be closed (cancelled).</returns>
    public bool Close(DateTimeOffset now)
    {
        if (Status == SessionStatus.Cancelled) return false;
        if (Status == SessionStatus.Closed) return true;
        Status = SessionStatus.Closed;
        ClosedAt = now;
        Version++;
        return true;
    }

    /// <summary>Counts one change of its marks.</summary>
    public void MarksChanged() => Version++;
}

/// <summary>A module covered in a session.</summary>
public sealed class SessionModule
{
    /// <summary>The session.</summary>
    public required int SessionId { get; init; }

    /// <summary>The module.</summary>
    public required int ModuleId { get; init; }
}

/// <summary>One youth in one session. The smallest and most numerous row of the system: keep it so.</summary>
public sealed class AttendanceMark
{
    /// <summary>The session.</summary>
    public required int SessionId { get; init; }

    /// <summary>The enrollment.</summary>
    public required int EnrollmentId { get; init; }

    /// <summary>The mark.</summary>
    public required AttendanceStatus Status { get; set; }

    /// <summary>The session's version at which this mark last changed.</summary>
    public required int Version { get; set; }
}

/// <summary>The ledger of client mark ids, unique within a session: makes a repeat a success. May be pruned 30 days after the session was closed.</summary>
public sealed class MarkReceipt
{
    /// <summary>Id given by the client.</summary>
    public required Guid MarkId { get; init; }

    /// <summary>The session.</summary>
    public required int SessionId { get; init; }

    /// <summary>The enrollment.</summary>
    public required int EnrollmentId { get; init; }

    /// <summary>What was recorded under this id.</summary>
    public required AttendanceStatus Status { get; init; }

    /// <summary>When the client says it was marked, UTC.</summary>
    public required DateTimeOffset CapturedAt { get; init; }

    /// <summary>Who sent it: <c>account:7</c> or <c>key:3</c>.</summary>
    public required string MarkedBy { get; init; }

    /// <summary>When it arrived.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}
