using System.Globalization;
using Training.App.Platform.Localization;

namespace Training.App.Modules.Reporting;

/// <summary>A figure of a file's row: a number, withheld, or not there.</summary>
internal readonly record struct ReportValue(double? Number, bool IsWithheld);

/// <summary>The columns of a report as a file, in whatever form.</summary>
internal static class ReportColumns
{
    /// <summary>Stands where a figure is withheld; explained at the end of the file.</summary>
    public const string Withheld = "*";

    /// <summary>The figures of a row, by the name of their column.</summary>
    public static IReadOnlyList<(string Name, Func<AttendanceReport.Item, ReportValue> Read)> Figures { get; } =
    [
        ("target", item => new ReportValue(item.Target, false)),
        Of("enrolled", Measure.Enrolled, item => item.Enrolled),
        Of("completed", Measure.Completed, item => item.Completed),
        Of("certificates", Measure.Certificates, item => item.Certificates),
        Of("marked", Measure.Marked, item => item.Marked),
        Of("attended", Measure.Attended, item => item.Present),
        ("ratePercent", item => new ReportValue(item.Rate * 100, false)),
        Of("girls", Measure.Girls, item => item.Girls),
        Of("consentsMissing", Measure.Awaiting, item => item.ConsentsMissing),
        Of("waiting", Measure.Waiting, item => item.Waiting),
        Of("withdrawn", Measure.Withdrawn, item => item.Withdrawn),
        ("planned", item => new ReportValue(item.Sessions?.Planned, false)),
        ("held", item => new ReportValue(item.Sessions?.Held, false)),
        ("closed", item => new ReportValue(item.Sessions?.Closed, false)),
        ("hours", item => new ReportValue(item.Sessions?.Hours, false)),
        Of("late", Measure.Late, item => item.Marks.Late),
        Of("excused", Measure.Excused, item => item.Marks.Excused),
        Of("absent", Measure.Absent, item => item.Marks.Absent),
    ];

    /// <summary>The heading of a column in the caller's language.</summary>
    public static string Heading(string name, Texts texts) => texts[$"reporting.csv.{name}"];

    /// <summary>A number as a machine reads it; at most one decimal.</summary>
    public static string Invariant(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private static (string Name, Func<AttendanceReport.Item, ReportValue> Read) Of(string name, Measure measure, Func<AttendanceReport.Item, int?> read) =>
        (name, item => new ReportValue(read(item), read(item) is null && item.Withheld.Contains(measure)));
}
