namespace Training.Domain.Reporting;

/// <summary>
/// How far enrollment is on its way to the target, by plain arithmetic: a straight line from the edition's first day to its last, and
/// the average so far carried on. It explains, it predicts nobody.
/// </summary>
/// <param name="Due">How many would be enrolled today on a straight line to the target.</param>
/// <param name="Forecast">How many there would be on the last day if enrollment went on at its average so far; null before the first day.</param>
public sealed record Pace(int Due, int? Forecast)
{
    /// <summary>The pace on a day.</summary>
    /// <param name="target">Youths to enroll.</param>
    /// <param name="enrolled">Youths enrolled.</param>
    /// <param name="first">First day of the edition.</param>
    /// <param name="last">Its last day, inclusive.</param>
    /// <param name="today">The day.</param>
    public static Pace Of(int target, int enrolled, DateOnly first, DateOnly last, DateOnly today)
    {
        long days = last.DayNumber - first.DayNumber + 1;
        var gone = Math.Clamp(today.DayNumber - first.DayNumber + 1, 0, days);
        return new Pace((int)(target * gone / days), gone == 0 ? null : (int)Math.Min(int.MaxValue, enrolled * days / gone));
    }
}
