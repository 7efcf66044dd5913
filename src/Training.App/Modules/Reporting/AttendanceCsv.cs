using System.Globalization;
using System.Text;
using Microsoft.Net.Http.Headers;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;

namespace Training.App.Modules.Reporting;

/// <summary>The attendance report as a file that a French or Arabic spreadsheet opens as it is.</summary>
internal static class AttendanceCsv
{
    private const char Separator = ';';

    /// <summary>Stands where a figure is withheld; explained at the end of the file.</summary>
    private const string Withheld = "*";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/attendance.csv", GetAsync).WithName("AttendanceReportCsv")
            .WithSummary("The same figures as CSV: UTF-8 with BOM, semicolons, headings in the caller's language.")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv").ProducesProblem(400).ProducesProblem(404);

    private static async Task<IResult> GetAsync(
        [AsParameters] ReportRequest request, HttpContext http, AttendanceReport.Handler handler, Texts texts, CancellationToken cancellationToken)
    {
        if (AttendanceReport.UnknownNames(http.Request.Query) is { } unknown) return unknown.ToProblem(texts);
        return (await handler.HandleAsync(request, cancellationToken)).ToHttp(texts, report =>
        {
            var name = new ContentDispositionHeaderValue("attachment");
            name.SetHttpFileName($"attendance-{request.Edition}-{(request.By ?? "region").ToLowerInvariant()}.csv");
            http.Response.Headers.ContentDisposition = name.ToString();
            return TypedResults.Bytes([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Write(report, texts))], "text/csv; charset=utf-8");
        });
    }

    internal static string Write(AttendanceReport.Response report, Texts texts)
    {
        var text = new StringBuilder();
        string[] columns = ["code", "name", "target", "enrolled", "completed", "certificates", "marked", "attended", "ratePercent"];
        Line(text, columns.Select(column => texts[$"reporting.csv.{column}"]));
        foreach (var item in report.Items.Append(report.Total)) Line(text, Cells(item));
        text.Append("\r\n");
        Line(text, [texts["reporting.csv.asOf"], report.AsOf.ToLocal().ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture)]);
        Line(text, [texts["reporting.csv.completeness"], Number(report.Completeness.Closed), Number(report.Completeness.Expected)]);
        if (report.Items.Append(report.Total).Any(item => item.Suppressed)) Line(text, [Withheld, texts["reporting.csv.withheld"]]);
        return text.ToString();
    }

    private static IEnumerable<string> Cells(AttendanceReport.Item item)
    {
        yield return item.Key;
        yield return item.Label;
        yield return item.Target is { } target ? Number(target) : "";
        foreach (var figure in new[] { item.Enrolled, item.Completed, item.Certificates, item.Marked, item.Present })
            yield return figure is { } number ? Number(number) : item.Suppressed ? Withheld : "";
        yield return item.Rate is { } rate ? (rate * 100).ToString("0.0", CultureInfo.CurrentCulture) : "";
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(Separator, cells.Select(Safe)).Append("\r\n");

    /// <summary>Quoted where the format asks for it; a text that a spreadsheet would run as a formula gets an apostrophe.</summary>
    private static string Safe(string cell)
    {
        if (cell.Length > 0 && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal)) cell = "'" + cell;
        return cell.AsSpan().IndexOfAny(";\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
