namespace Training.Domain.Attendance;

/// <summary>From one local instant on, legal time has another offset. Source of the shipped list: <c>seed-data/reference/legal-time.csv</c>.</summary>
public sealed class LegalTimeChange
{
    /// <summary>Local day of the change.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Local time of the change, as the clock read before it.</summary>
    public required TimeOnly Time { get; set; }

    /// <summary>Offset from then on, in minutes ahead of UTC: 60, or 0 during Ramadan.</summary>
    public required int OffsetMinutes { get; set; }

    /// <summary>Local date and time of the change.</summary>
    public DateTime LocalAt => Date.ToDateTime(Time);
}

/// <summary>
/// Legal time of Morocco: UTC+1, and UTC+0 during Ramadan, by decree about two weeks ahead. The list overrides the time-zone data
/// of the machine, which may not know of the decree. A session keeps its local time; its instant is computed when asked for.
/// </summary>
/// <param name="changes">Every known change, in any order.</param>
public sealed class LegalTime(IEnumerable<LegalTimeChange> changes)
{
    private static readonly TimeSpan Usual = TimeSpan.FromHours(1);

    private readonly LegalTimeChange[] changes = [.. changes.OrderBy(change => change.LocalAt)];

    /// <summary>The offset at a local time.</summary>
    public TimeSpan OffsetAt(DateTime local)
    {
        var offset = Usual;
        foreach (var change in changes)
        {
            if (change.LocalAt > local) break;
            offset = TimeSpan.FromMinutes(change.OffsetMinutes);
        }
        return offset;
    }

    /// <summary>The instant at which a session begins.</summary>
    public DateTimeOffset ToUtc(DateOnly date, TimeOnly start)
    {
        var local = date.ToDateTime(start);
        return new DateTimeOffset(DateTime.SpecifyKind(local - OffsetAt(local), DateTimeKind.Utc), TimeSpan.Zero);
    }
}
