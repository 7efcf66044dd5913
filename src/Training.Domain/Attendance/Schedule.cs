namespace Training.Domain.Attendance;

/// <summary>How a schedule repeats.</summary>
public enum SchedulePattern : byte
{
    /// <summary>On chosen days of the week, from a day to a day.</summary>
    Weekly = 1,

    /// <summary>Five days in a row: a camp in a school break.</summary>
    Camp = 2,
}

/// <summary>
/// Sessions that repeat for a group. Its days are computed, never stored: making its sessions twice adds nothing, and a session
/// that was cancelled or moved by hand is not made again.
/// </summary>
public sealed class Schedule
{
    /// <summary>Days of a camp.</summary>
    public const int CampDays = 5;

    /// <summary>Longest schedule, in days.</summary>
    public const int DaysMax = 400;

    /// <summary>Internal key.</summary>
    public required int Id { get; init; }

    /// <summary>The group.</summary>
    public required int GroupId { get; init; }

    /// <summary>The group's site.</summary>
    public required int SiteId { get; init; }

    /// <summary>The site's region.</summary>
    public required int RegionId { get; init; }

    /// <summary>The kind of its sessions.</summary>
    public required SessionKind Kind { get; init; }

    /// <summary>How it repeats.</summary>
    public required SchedulePattern Pattern { get; init; }

    /// <summary>The days of the week of a weekly schedule as bits, Monday 1 to Sunday 64; 0 for a camp.</summary>
    public required int Weekdays { get; init; }

    /// <summary>First local day, inclusive.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last local day, inclusive; for a camp the day by which its five days must lie.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Local start.</summary>
    public required TimeOnly Start { get; init; }

    /// <summary>Length in minutes.</summary>
    public required int Minutes { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>Its days in order, with those that a holiday takes away.</summary>
    /// <param name="pattern">How it repeats.</param>
    /// <param name="weekdays">Days of the week as bits.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day; ignored for a camp.</param>
    /// <param name="isHoliday">Whether a day is a holiday.</param>
    public static IEnumerable<(DateOnly Day, bool Holiday)> Days(
        SchedulePattern pattern, int weekdays, DateOnly from, DateOnly to, Func<DateOnly, bool> isHoliday)
    {
        if (pattern == SchedulePattern.Camp) to = from.AddDays(CampDays - 1);
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            if (pattern == SchedulePattern.Camp || (weekdays & BitOf(day.DayOfWeek)) != 0) yield return (day, isHoliday(day));
        }
    }

    /// <summary>The bit of a day of the week: Monday 1 to Sunday 64.</summary>
    public static int BitOf(DayOfWeek day) => 1 << ((int)day + 6) % 7;
}

/// <summary>A day without sessions, beside the fixed public holidays: a religious holiday once announced, a local closing.</summary>
public sealed class Holiday
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameMax = 100;

    /// <summary>The local day.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>French name.</summary>
    public required string NameFr { get; set; }

    /// <summary>Arabic name.</summary>
    public required string NameAr { get; set; }

    /// <summary>True while the day may still move with the moon.</summary>
    public bool Provisional { get; set; }
}
