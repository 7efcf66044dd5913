using Training.App.Platform;
using Training.Domain.Reporting;

namespace Training.App.Modules.Reporting.Schedules;

/// <summary>When a schedule runs, in the legal time of the programmes, whose distance from UTC changes in Ramadan.</summary>
internal static class ScheduleClock
{
    /// <summary>The first run after an instant.</summary>
    public static DateTimeOffset Next(ReportRhythm rhythm, DateTimeOffset after)
    {
        var local = after.ToLocal();
        var day = DateOnly.FromDateTime(local);
        return LocalTime.At(ReportSchedule.NextDay(rhythm, local.Hour < ReportSchedule.Hour ? day.AddDays(-1) : day), new TimeOnly(ReportSchedule.Hour, 0));
    }
}
