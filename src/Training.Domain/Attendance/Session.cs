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

    /// <summary>
    /// 0 while the session holds its hour alone, its own key when it was cancelled or put beside another one on purpose: with group,
    /// date and start a portable form of "one session at an hour".
    /// </summary>
    public int Slot { get; private set; }

    /// <summary>The schedule that made it; null when it was made by hand.</summary>
    public int? ScheduleId { get; init; }

    /// <summary>The day its schedule meant, wherever it lies now; null when it was made by hand.</summary>
    public DateOnly? PlannedOn { get; init; }

    /// <summary>The squad whose day at a tournament it is: its roster is the squad, not the group. Null for a group's own session.</summary>
    public int? SquadId { get; init; }

    /// <summary>The club that hosts the squad's tournament, whose people mark at the door; null for a group's own session.</summary>
    public int? HostSiteId { get; init; }

    /// <summary>Free note of the staff; null when none. Never in a log.</summary>
    public string? Note { get; set; }

    /// <summary>When it was closed, last; null while open.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Lets it stand beside another session of the same hour, on purpose.</summary>
    public void StandAlongside() => Slot = Id;

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

    /// <summary>Opens the books again: its marks do not count until it is closed anew.</summary>
    /// <returns>False when it was not closed.</returns>
    public bool Reopen()
    {
        if (Status != SessionStatus.Closed) return false;
        Status = SessionStatus.Open;
        ClosedAt = null;
        Version++;
        return true;
    }

    /// <summary>Calls it off and lets its hour go.</summary>
    /// <returns>False when it was closed or cancelled before.</returns>
    public bool Cancel()
    {
        if (Status != SessionStatus.Open) return false;
        Status = SessionStatus.Cancelled;
        Slot = Id;
        Version++;
        return true;
    }

    /// <summary>Puts it at another time.</summary>
    /// <returns>False when it is not open, or is there already.</returns>
    public bool MoveTo(SessionTime to)
    {
        if (Status != SessionStatus.Open || to == Time) return false;
        (Date, Start, Minutes) = to;
        Version++;
        return true;
    }

    /// <summary>When it lies, local time.</summary>
    public SessionTime Time => new(Date, Start, Minutes);

    /// <summary>Counts one change of its marks, or of what it covered.</summary>
    public void MarksChanged() => Version++;
}

/// <summary>When a session lies: local time of Africa/Casablanca.</summary>
/// <param name="Date">Local day.</param>
/// <param name="Start">Local start.</param>
/// <param name="Minutes">Length in minutes.</param>
public readonly record struct SessionTime(DateOnly Date, TimeOnly Start, int Minutes)
{
    private const int MinutesOfDay = 24 * 60;

    /// <summary>True when it ends within its day.</summary>
    public bool EndsWithinDay => Start.Hour * 60 + Start.Minute + Minutes <= MinutesOfDay;

    /// <summary>The same, begun later by so many minutes (earlier when negative); null when that leaves the day.</summary>
    public SessionTime? Shift(int minutes)
    {
        var begin = Start.Hour * 60 + Start.Minute + minutes;
        if (begin is < 0 or >= MinutesOfDay) return null;
        var moved = this with { Start = new TimeOnly(begin / 60, begin % 60) };
        return moved.EndsWithinDay ? moved : null;
    }
}

/// <summary>A module covered in a session.</summary>
public sealed class SessionModule
{
    /// <summary>The session.</summary>
    public required int SessionId { get; init; }

    /// <summary>The module.</summary>
    public required int ModuleId { get; init; }

    /// <summary>How long it was worked at, in minutes; null when nobody said so.</summary>
    public int? Minutes { get; init; }
}

/// <summary>An adult who was at a session: safeguarding asks for two.</summary>
public sealed class SessionAdult
{
    /// <summary>How many a session needs.</summary>
    public const int Needed = 2;

    /// <summary>Most that are recorded.</summary>
    public const int Max = 8;

    /// <summary>Longest name, in characters.</summary>
    public const int NameMax = 120;

    /// <summary>The session.</summary>
    public required int SessionId { get; init; }

    /// <summary>Order, from 1.</summary>
    public required int Position { get; init; }

    /// <summary>The adult's account; null when written in by name.</summary>
    public int? AccountId { get; init; }

    /// <summary>Name as it was then.</summary>
    public required string Name { get; init; }
}
