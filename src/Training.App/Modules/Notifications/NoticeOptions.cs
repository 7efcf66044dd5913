using System.Globalization;
using Training.App.Platform.Configuration;
using Training.Domain.Notifications;

namespace Training.App.Modules.Notifications;

/// <summary>When and how often families are written to.</summary>
/// <param name="Quiet">Hours without messages.</param>
/// <param name="GatherMinutes">What happens within so many minutes goes out in one message a family.</param>
/// <param name="PerFamilyPerDay">Messages to one phone within 24 hours.</param>
/// <param name="PerMinute">Messages a minute in all, for the gateway's sake.</param>
internal sealed record NoticeOptions(QuietHours Quiet, int GatherMinutes, int PerFamilyPerDay, int PerMinute)
{
    /// <summary>Reads <c>Notifications__…</c>.</summary>
    /// <exception cref="ConfigurationException">A value cannot be used.</exception>
    public static NoticeOptions Read(IConfiguration configuration) => new(
        new QuietHours(Hour(configuration, "Notifications:QuietFrom", new TimeOnly(21, 0)), Hour(configuration, "Notifications:QuietUntil", new TimeOnly(8, 0))),
        AppOptions.Number(configuration, "Notifications:GatherMinutes") ?? 10,
        AppOptions.Number(configuration, "Notifications:PerFamilyPerDay") ?? 3,
        AppOptions.Number(configuration, "Notifications:PerMinute") ?? 120);

    /// <summary>The end of the stretch of time in which an instant lies: all that happens within it is due together.</summary>
    public DateTimeOffset DueAfter(DateTimeOffset now)
    {
        var stretch = TimeSpan.FromMinutes(GatherMinutes).Ticks;
        return new DateTimeOffset((now.UtcTicks / stretch + 1) * stretch, TimeSpan.Zero);
    }

    private static TimeOnly Hour(IConfiguration configuration, string key, TimeOnly otherwise)
    {
        if (AppOptions.Text(configuration, key) is not { } text) return otherwise;
        return TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour)
            ? hour
            : throw new ConfigurationException(key.Replace(":", "__", StringComparison.Ordinal), "must be a time of day such as 21:00.");
    }
}
