namespace Training.Domain.Notifications;

/// <summary>The hours in which no family is written to, by local time.</summary>
/// <param name="From">They begin, inclusive.</param>
/// <param name="Until">They end, exclusive; the same as <paramref name="From"/>: there are none.</param>
public readonly record struct QuietHours(TimeOnly From, TimeOnly Until)
{
    /// <summary>True within the hours, which may go over midnight.</summary>
    public bool Cover(TimeOnly hour) => From != Until && hour.IsBetween(From, Until);
}
