using Microsoft.Net.Http.Headers;
using Training.App.Platform.Configuration;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Reporting;

namespace Training.App.Modules.Reporting;

/// <summary>The same report as a file: for a French or Arabic spreadsheet, as open data, as a workbook, or printed.</summary>
internal static class ReportFiles
{
    private const string WorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/attendance.csv", CsvAsync).WithName("AttendanceReportCsv")
            .WithSummary("The same figures as CSV: UTF-8 with BOM, semicolons, headings in the caller's language.")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv").ProducesProblem(400).ProducesProblem(404);
        routes.MapGet("/open-data.csv", OpenDataAsync).WithName("AttendanceOpenData")
            .WithSummary("The same figures to be published: RFC 4180, stable English headings, decimal points; withheld figures are empty.")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv").ProducesProblem(400).ProducesProblem(404);
        routes.MapGet("/attendance.xlsx", XlsxAsync).WithName("AttendanceReportWorkbook")
            .WithSummary("The same figures as a workbook: numbers as numbers, texts as texts, headings that stay in view.")
            .Produces(StatusCodes.Status200OK, contentType: WorkbookType).ProducesProblem(400).ProducesProblem(404);
        routes.MapGet("/attendance.pdf", PdfAsync).WithName("AttendanceReportPdf")
            .WithSummary("The same figures printed, in French or Arabic: chart, table, age and completeness.")
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf").ProducesProblem(400).ProducesProblem(404);
    }

    /// <summary>Writes the file of a report, row by row where its form allows it.</summary>
    /// <param name="form">The form.</param>
    /// <param name="report">The figures.</param>
    /// <param name="request">What they are of.</param>
    /// <param name="services">The scope's services.</param>
    /// <param name="target">Where it is written; stays its owner's.</param>
    /// <param name="progress">Hears the share of the rows that are written, now and then.</param>
    public static void Write(ReportForm form, AttendanceReport.Response report, ReportRequest request, IServiceProvider services, Stream target, Action<double>? progress = null)
    {
        switch (form)
        {
            case ReportForm.Csv: target.Write(ReportCsv.Write(report, services.GetRequiredService<Texts>())); break;
            case ReportForm.OpenData: target.Write(ReportCsv.WriteOpen(report)); break;
            case ReportForm.Xlsx: ReportWorkbook.Write(report, services.GetRequiredService<Texts>(), target, progress); break;
            case ReportForm.Pdf: target.Write(services.GetRequiredService<ReportPdf>().Write(report, request)); break;
            default: throw new ArgumentOutOfRangeException(nameof(form));
        }
    }

    /// <summary>A file that goes when it is closed: an archive is written back and forth, which no response can be, and no file is held in memory.</summary>
    public static FileStream Draft(AppOptions options)
    {
        var folder = System.IO.Directory.CreateDirectory(Path.Combine(options.StorageRoot, "reports"));
        return new FileStream(Path.Combine(folder.FullName, $"{Guid.NewGuid():N}.tmp"), new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose, BufferSize = 128 * 1024,
        });
    }

    /// <summary>The content type of a form.</summary>
    public static string TypeOf(ReportForm form) => form switch
    {
        ReportForm.Xlsx => WorkbookType,
        ReportForm.Pdf => "application/pdf",
        _ => "text/csv; charset=utf-8",
    };

    /// <summary>The ending of a form's file name, without a dot.</summary>
    public static string EndingOf(ReportForm form) => form switch
    {
        ReportForm.Xlsx => "xlsx",
        ReportForm.Pdf => "pdf",
        _ => "csv",
    };

    private static Task<IResult> CsvAsync(
        [AsParameters] ReportRequest request, HttpContext http, AttendanceReport.Handler handler, Texts texts, CancellationToken cancellationToken) =>
        AnswerAsync(ReportForm.Csv, request, http, handler, texts, cancellationToken);

    private static Task<IResult> OpenDataAsync(
        [AsParameters] ReportRequest request, HttpContext http, AttendanceReport.Handler handler, Texts texts, CancellationToken cancellationToken) =>
        AnswerAsync(ReportForm.OpenData, request, http, handler, texts, cancellationToken);

    private static Task<IResult> XlsxAsync(
        [AsParameters] ReportRequest request, HttpContext http, AttendanceReport.Handler handler, Texts texts, CancellationToken cancellationToken) =>
        AnswerAsync(ReportForm.Xlsx, request, http, handler, texts, cancellationToken);

    private static Task<IResult> PdfAsync(
        [AsParameters] ReportRequest request, HttpContext http, AttendanceReport.Handler handler, Texts texts, CancellationToken cancellationToken) =>
        AnswerAsync(ReportForm.Pdf, request, http, handler, texts, cancellationToken);

    private static async Task<IResult> AnswerAsync(
        ReportForm form, ReportRequest request, HttpContext http, AttendanceReport.Handler handler, Texts texts, CancellationToken cancellationToken)
    {
        if (QueryAttendance.RefusedNames(http.Request.Query, "lang") is { } unknown) return unknown.ToProblem(texts);
        return (await handler.HandleAsync(request, cancellationToken)).ToHttp(texts, report =>
        {
            // The question was understood, so its words are ours and make a name.
            var name = new ContentDispositionHeaderValue("attachment");
            name.SetHttpFileName($"attendance-{request.Edition ?? request.Track ?? "all"}-{(request.By ?? "region").ToLowerInvariant().Replace(',', '-')}.{EndingOf(form)}");
            http.Response.Headers.ContentDisposition = name.ToString();
            var file = Draft(http.RequestServices.GetRequiredService<AppOptions>());
            http.Response.RegisterForDispose(file);
            Write(form, report, request, http.RequestServices, file);
            file.Position = 0;
            return TypedResults.Stream(file, TypeOf(form));
        });
    }
}
