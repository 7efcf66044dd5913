namespace Training.Domain.Attendance;

/// <summary>
/// One line of an edition's calendar of cut-offs: the books of sessions up to <see cref="Through"/> may be opened again and
/// corrected by their own people until <see cref="LastDay"/>; after it a second person of higher scope is needed.
/// </summary>
public sealed class CutOff
{
    /// <summary>Most lines of one edition.</summary>
    public const int Max = 60;

    /// <summary>The edition.</summary>
    public required int EditionId { get; init; }

    /// <summary>Last local day of sessions it governs, inclusive.</summary>
    public required DateOnly Through { get; init; }

    /// <summary>Last local day on which they may still be corrected freely, inclusive.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>True when the cut-off of a session's day has passed. A day that no line governs is never locked.</summary>
    /// <param name="calendar">The edition's lines.</param>
    /// <param name="day">The session's local day.</param>
    /// <param name="today">Today in Africa/Casablanca.</param>
    public static bool HasPassed(IEnumerable<CutOff> calendar, DateOnly day, DateOnly today)
    {
        CutOff? governing = null;
        foreach (var line in calendar)
        {
            if (line.Through >= day && (governing is null || line.Through < governing.Through)) governing = line;
        }
        return governing is not null && today > governing.LastDay;
    }
}

/// <summary>Settings of an edition's attendance.</summary>
public sealed class AttendanceSettings
{
    /// <summary>Absences in a row after which a family is called, where nothing else was set. Working assumption, therefore a setting.</summary>
    public const int AbsencesToCallByDefault = 3;

    /// <summary>Most that can be set.</summary>
    public const int AbsencesToCallMax = 20;

    /// <summary>The edition.</summary>
    public required int EditionId { get; init; }

    /// <summary>Absences in a row after which the family is called.</summary>
    public required int AbsencesToCall { get; set; }
}
