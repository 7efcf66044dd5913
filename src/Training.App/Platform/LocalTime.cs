namespace Training.App.Platform;

/// <summary>Legal time of the programmes.</summary>
internal static class LocalTime
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Africa/Casablanca");

    /// <summary>The day it is in Africa/Casablanca.</summary>
    public static DateOnly Today(this TimeProvider time) => DateOnly.FromDateTime(time.Local());

    /// <summary>The day of an instant in Africa/Casablanca.</summary>
    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.ToLocal());

    /// <summary>The instant at which a day ends in Africa/Casablanca.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => At(day.AddDays(1), TimeOnly.MinValue);

    /// <summary>The instant of an hour of a day in Africa/Casablanca.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly hour)
    {
        var local = day.ToDateTime(hour);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>Local date and time in Africa/Casablanca.</summary>
    public static DateTime Local(this TimeProvider time) => time.GetUtcNow().ToLocal();

    /// <summary>An instant as date and time in Africa/Casablanca.</summary>
    public static DateTime ToLocal(this DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone).DateTime;
}
