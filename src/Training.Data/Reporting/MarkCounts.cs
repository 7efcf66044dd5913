using Training.Domain.Attendance;

namespace Training.Data.Reporting;

/// <summary>How many marks of each kind; a difference may be negative.</summary>
/// <param name="Present">Present.</param>
/// <param name="Late">Late; counts as attended.</param>
/// <param name="Excused">Excused; does not count as attended.</param>
/// <param name="Absent">Absent.</param>
public readonly record struct MarkCounts(int Present, int Late, int Excused, int Absent)
{
    /// <summary>Adds up.</summary>
    public static MarkCounts operator +(MarkCounts left, MarkCounts right) =>
        new(left.Present + right.Present, left.Late + right.Late, left.Excused + right.Excused, left.Absent + right.Absent);

    /// <summary>Multiplies, for instance by −1.</summary>
    public static MarkCounts operator *(MarkCounts counts, int factor) =>
        new(counts.Present * factor, counts.Late * factor, counts.Excused * factor, counts.Absent * factor);

    /// <summary>So many marks of one kind.</summary>
    public static MarkCounts Of(AttendanceStatus status, int count) => status switch
    {
        AttendanceStatus.Present => new(count, 0, 0, 0),
        AttendanceStatus.Late => new(0, count, 0, 0),
        AttendanceStatus.Excused => new(0, 0, count, 0),
        AttendanceStatus.Absent => new(0, 0, 0, count),
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
