using System.Globalization;
using Training.Domain.Attendance;
using Training.Domain.Registry;
using Training.Domain.Reporting;

namespace Training.Data.Reporting;

/// <summary>
/// What one session contributes to the figures, as it was at <see cref="Version"/>. Kept so that a newer version can be counted
/// as a difference: the old contribution goes out of the roll-ups as the new one comes in.
/// </summary>
public sealed class SessionTally
{
    /// <summary>Longest <see cref="Counts"/>, in bytes.</summary>
    public const int CountsMax = 1024;

    private const int Statuses = 4;

    /// <summary>The session.</summary>
    public required int SessionId { get; init; }

    /// <summary>The session's version that was counted.</summary>
    public required int Version { get; set; }

    /// <summary>The edition.</summary>
    public required int EditionId { get; init; }

    /// <summary>The site.</summary>
    public required int SiteId { get; init; }

    /// <summary>The site's region.</summary>
    public required int RegionId { get; init; }

    /// <summary>The group.</summary>
    public required int GroupId { get; init; }

    /// <summary>Month of the session's day as yyyymm.</summary>
    public required int Month { get; set; }

    /// <summary>Length of the session, in minutes.</summary>
    public required int Minutes { get; set; }

    /// <summary>When what had been counted of the closed session was last counted otherwise; null while it stands as it was first told.</summary>
    public DateTimeOffset? RestatedAt { get; set; }

    /// <summary>Where the session stood; a cancelled one contributes nothing.</summary>
    public required SessionStatus Status { get; set; }

    /// <summary>
    /// The marks by sex, cohort and status as pairs of bytes: place and count; a count above 255 takes several pairs. One row a
    /// session instead of one a cell: a tenth of the rows, and replaced in one write.
    /// </summary>
    public required byte[] Counts { get; set; }

    /// <summary>Keys of the modules covered, with commas between.</summary>
    public required string Modules { get; set; }

    /// <summary>The module keys.</summary>
    public IEnumerable<int> ModuleIds() =>
        Modules.Length == 0 ? [] : Modules.Split(',').Select(key => int.Parse(key, CultureInfo.InvariantCulture));

    /// <summary>Writes module keys as <see cref="Modules"/> keeps them.</summary>
    public static string PackModules(IEnumerable<int> moduleIds) => string.Join(',', moduleIds.Order());

    /// <summary>True when it took place: it has marks, or was closed.</summary>
    public bool Held => Status == SessionStatus.Closed || Counts.Length > 0;

    /// <summary>The marks by sex and cohort.</summary>
    public IEnumerable<(Sex Sex, byte Cohort, MarkCounts Counts)> Cells()
    {
        for (var i = 0; i < Counts.Length; i += 2)
        {
            var (place, status) = Math.DivRem((int)Counts[i], Statuses);
            var (sex, cohort) = Math.DivRem(place, Cohorts.Max);
            yield return ((Sex)(sex + 1), (byte)cohort, MarkCounts.Of((AttendanceStatus)(status + 1), Counts[i + 1]));
        }
    }

    /// <summary>Writes marks as <see cref="Counts"/> keeps them.</summary>
    public static byte[] PackCounts(IEnumerable<(Sex Sex, int Cohort, AttendanceStatus Status, int Count)> marks)
    {
        var packed = new List<byte>(32);
        foreach (var (sex, cohort, status, count) in marks)
        {
            var place = (((int)sex - 1) * Cohorts.Max + cohort) * Statuses + (int)status - 1;
            for (var rest = count; rest > 0; rest -= byte.MaxValue)
            {
                packed.Add((byte)place);
                packed.Add((byte)Math.Min(rest, byte.MaxValue));
            }
        }
        return [.. packed];
    }
}
