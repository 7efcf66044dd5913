using System.Globalization;
using System.Text;
using Training.App.Platform;
using Training.App.Platform.Localization;

namespace Training.App.Modules.Reporting;

/// <summary>Writes a report as separated values.</summary>
internal static class ReportCsv
{
    /// <summary>For a French or Arabic spreadsheet that opens it as it is.</summary>
    public static byte[] Write(AttendanceReport.Response report, Texts texts)
    {
        const char separator = ';';
        var text = new StringBuilder();
        Line(text, separator, [ReportColumns.Heading("code", texts), ReportColumns.Heading("name", texts), .. ReportColumns.Figures.Select(column => ReportColumns.Heading(column.Name, texts))]);
        foreach (var item in report.Items.Append(report.Total))
        {
            Line(text, separator, [item.Key, item.Label, .. ReportColumns.Figures.Select(column => column.Read(item) switch
            {
                { Number: { } number } => number.ToString(column.Name == "ratePercent" ? "0.0" : "0.#", CultureInfo.CurrentCulture),
                { IsWithheld: true } => ReportColumns.Withheld,
                _ => "",
            })]);
        }
        text.Append("\r\n");
        foreach (var line in Notes(report, texts)) Line(text, separator, line);
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>For publication: headings that never change, one row a line, withheld figures empty, and the age of the figures on each row.</summary>
    public static byte[] WriteOpen(AttendanceReport.Response report)
    {
        const char separator = ',';
        var text = new StringBuilder();
        var names = report.Items.Count > 0 ? report.Items[0].Keys.Keys.ToArray() : [];
        Line(text, separator, [.. names, .. ReportColumns.Figures.Select(column => column.Name), "suppressed", "asOf"]);
        foreach (var item in report.Items)
        {
            Line(text, separator,
            [
                .. names.Select(name => item.Keys[name]), .. ReportColumns.Figures.Select(column => column.Read(item).Number is { } number ? ReportColumns.Invariant(number) : ""),
                item.Suppressed ? "true" : "false", report.AsOf.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ]);
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>What a file says below its rows: how old, how complete, what was changed since, what a star means.</summary>
    public static IEnumerable<string[]> Notes(AttendanceReport.Response report, Texts texts)
    {
        yield return [texts["reporting.csv.asOf"], Local(report.AsOf)];
        yield return [texts["reporting.csv.completeness"], Number(report.Completeness.Closed), Number(report.Completeness.Expected)];
        if (report.Restated is { } restated) yield return [texts["reporting.csv.restated"], Number(restated.Sessions), Local(restated.LastAt)];
        if (report.Items.Append(report.Total).Any(item => item.Suppressed)) yield return [ReportColumns.Withheld, texts["reporting.csv.withheld"]];
    }

    private static string Local(DateTimeOffset instant) => instant.ToLocal().ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, char separator, IEnumerable<string> cells) =>
        text.AppendJoin(separator, cells.Select(cell => Safe(cell, separator))).Append("\r\n");

    /// <summary>Quoted where the format asks for it; a text that a spreadsheet would run as a formula gets an apostrophe.</summary>
    private static string Safe(string cell, char separator)
    {
        if (cell.Length > 0 && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal)) cell = "'" + cell;
        return cell.AsSpan().IndexOfAny([separator, '"', '\r', '\n']) < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
