namespace Training.Domain.Attendance;

/// <summary>What was done to a session.</summary>
public enum SessionChangeKind : byte
{
    /// <summary>Closed.</summary>
    Closed = 1,

    /// <summary>Opened again.</summary>
    Reopened = 2,

    /// <summary>Called off.</summary>
    Cancelled = 3,

    /// <summary>Put at another time.</summary>
    Rescheduled = 4,

    /// <summary>Put at another time with many others.</summary>
    HoursMoved = 5,

    /// <summary>What it covered, its adults or its note were written down.</summary>
    Logged = 6,
}

/// <summary>The journal of a session: who did what, when and why. Rows are only added.</summary>
public sealed class SessionChange
{
    /// <summary>Longest reason, in characters.</summary>
    public const int ReasonMax = 500;

    /// <summary>Internal key, given by the database.</summary>
    public long Id { get; init; }

    /// <summary>The session.</summary>
    public required int SessionId { get; init; }

    /// <summary>The session's version after it.</summary>
    public required int Version { get; init; }

    /// <summary>What was done.</summary>
    public required SessionChangeKind Kind { get; init; }

    /// <summary>Who did it.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Why; null where no reason is asked for.</summary>
    public string? Reason { get; init; }

    /// <summary>Where it lay, for a move; null otherwise.</summary>
    public DateOnly? DateBefore { get; init; }

    /// <summary>When it began, for a move; null otherwise.</summary>
    public TimeOnly? StartBefore { get; init; }

    /// <summary>How long it was, for a move, in minutes; null otherwise.</summary>
    public int? MinutesBefore { get; init; }

    /// <summary>Where it was put, for a move; null otherwise.</summary>
    public DateOnly? DateAfter { get; init; }

    /// <summary>When it begins since, for a move; null otherwise.</summary>
    public TimeOnly? StartAfter { get; init; }

    /// <summary>How long it is since, for a move, in minutes; null otherwise.</summary>
    public int? MinutesAfter { get; init; }

    /// <summary>The move of many sessions it belongs to; null when done by itself.</summary>
    public int? MoveId { get; init; }

    /// <summary>The time before, for a move.</summary>
    public SessionTime? Before => DateBefore is { } date && StartBefore is { } start && MinutesBefore is { } minutes ? new(date, start, minutes) : null;

    /// <summary>The time after, for a move.</summary>
    public SessionTime? After => DateAfter is { } date && StartAfter is { } start && MinutesAfter is { } minutes ? new(date, start, minutes) : null;

    /// <summary>Writes down what was just done to a session.</summary>
    public static SessionChange Of(
        Session session, SessionChangeKind kind, string by, DateTimeOffset now, string? reason = null, SessionTime? before = null, int? moveId = null) => new()
        {
            SessionId = session.Id,
            Version = session.Version,
            Kind = kind,
            By = by,
            At = now,
            Reason = reason,
            DateBefore = before?.Date,
            StartBefore = before?.Start,
            MinutesBefore = before?.Minutes,
            DateAfter = before is null ? null : session.Date,
            StartAfter = before is null ? null : session.Start,
            MinutesAfter = before is null ? null : session.Minutes,
            MoveId = moveId,
        };
}

/// <summary>A change of hours of many sessions at once, for instance for Ramadan. Can be undone.</summary>
public sealed class HoursMove
{
    /// <summary>Most sessions in one move.</summary>
    public const int SessionsMax = 5000;

    /// <summary>Internal key.</summary>
    public required int Id { get; init; }

    /// <summary>Who moved.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>First local day, inclusive.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last local day, inclusive.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Minutes later (earlier when negative); null when a start was set.</summary>
    public int? ShiftMinutes { get; init; }

    /// <summary>The start that was set; null when shifted.</summary>
    public TimeOnly? Start { get; init; }

    /// <summary>The length that was set, in minutes; null when it stayed.</summary>
    public int? Minutes { get; init; }

    /// <summary>Why; null when nobody said so.</summary>
    public string? Reason { get; init; }

    /// <summary>How many sessions were moved.</summary>
    public required int Sessions { get; init; }

    /// <summary>When it was undone; null while it stands.</summary>
    public DateTimeOffset? UndoneAt { get; private set; }

    /// <summary>Who undid it.</summary>
    public string? UndoneBy { get; private set; }

    /// <summary>Where the move puts a session; null when that leaves its day or a length's bounds.</summary>
    public static SessionTime? Apply(SessionTime time, int? shiftMinutes, TimeOnly? start, int? minutes)
    {
        var sized = time with { Minutes = minutes ?? time.Minutes };
        if (start is { } begin) sized = sized with { Start = begin };
        if (shiftMinutes is { } shift) return sized.Shift(shift);
        return sized.EndsWithinDay ? sized : null;
    }

    /// <summary>Takes it back; a second time is refused.</summary>
    public bool Undo(string by, DateTimeOffset now)
    {
        if (UndoneAt is not null) return false;
        (UndoneAt, UndoneBy) = (now, by);
        return true;
    }
}
