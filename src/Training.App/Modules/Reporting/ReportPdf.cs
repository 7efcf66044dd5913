using System.Globalization;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Directory;
using Training.Pdf.Charts;
using Training.Pdf.Layout;
using Training.Pdf.Text;

namespace Training.App.Modules.Reporting;

/// <summary>
/// Prints a report: a cover that says what it is of, how old and how complete it is; a chart of few rows, a line of the months; the table
/// with its headings on each page.
/// </summary>
internal sealed class ReportPdf(DirectoryCatalog catalog, ReportWords words, Texts texts)
{
    /// <summary>With more rows a chart says less than the table.</summary>
    private const int BarsMax = 24;

    /// <summary>Where the cover's title begins, and the space below what the report is of, in points.</summary>
    private const double CoverTop = 220, CoverGap = 24;

    private static readonly string[] Columns = ["target", "enrolled", "completed", "certificates", "girls", "attended", "marked", "ratePercent"];

    public byte[] Write(AttendanceReport.Response report, ReportRequest request)
    {
        // The printer has faces for Arabic and Latin letters; who asks in English gets the French sheet.
        var isArabic = Languages.Current == "ar";
        var edition = catalog.Current.FindEdition(request.Edition);
        var title = texts["reporting.pdf.title"];
        var document = new FlowDocument(isArabic ? PageSetup.Arabic : PageSetup.French, title, Issuer(edition, isArabic), DateOnly.FromDateTime(report.AsOf.ToLocal()))
        {
            Header = SafeText.SpellMissing(edition is null ? title : isArabic ? edition.NameAr : edition.NameFr),
            Footer = (page, count) => Phrase.Of($"{texts["reporting.pdf.asOf"]} {report.AsOf.ToLocal():dd/MM/yyyy HH:mm} · {texts["reporting.pdf.page", page, count]}"),
        };
        Cover(document, title, report, request);
        document.PageBreak();
        document.Heading(2, texts["reporting.pdf.figures"]);
        Chart(document, report);
        Trend(document, report);
        document.Table(TableOf(report));
        return document.Save();
    }

    private static string Issuer(Edition? edition, bool isArabic) => edition is null ? "" : isArabic ? edition.IssuerAr : edition.IssuerFr;

    private void Cover(FlowDocument document, string title, AttendanceReport.Response report, ReportRequest request)
    {
        document.SkipTo(CoverTop);
        document.Heading(1, title);
        foreach (var line in words.Of(request)) document.Paragraph(SafeText.SpellMissing(line));
        document.Space(CoverGap);
        foreach (var line in ReportCsv.Notes(report, texts)) document.Paragraph(Phrase.Of($"{line[0]} : {string.Join(" / ", line[1..])}"));
    }

    private void Trend(FlowDocument document, AttendanceReport.Response report)
    {
        var rows = report.Items;
        if (rows.Count < 2 || rows.All(item => item.Rate is null) || !rows[0].Keys.ContainsKey(ReportDimension.Month.Name()) || rows[0].Keys.Count > 1) return;
        document.Chart(new LineChart(
            texts["reporting.pdf.trend"], [.. rows.Select(item => item.Label)],
            new ChartSeries(texts["reporting.csv.ratePercent"], [.. rows.Select(item => item.Rate * 100)])));
    }

    private void Chart(FlowDocument document, AttendanceReport.Response report)
    {
        var rows = report.Items.Where(item => item.Enrolled is not null).ToArray();
        if (rows.Length is 0 or > BarsMax) return;
        var enrolled = new ChartSeries(texts["reporting.csv.enrolled"], [.. rows.Select(item => (double?)item.Enrolled)]);
        ChartSeries[] series = rows.Any(item => item.Target is not null)
            ? [enrolled, new ChartSeries(texts["reporting.csv.target"], [.. rows.Select(item => (double?)item.Target)])]
            : [enrolled];
        document.Chart(new BarChart(texts["reporting.page.chart"], [.. rows.Select(item => item.Label)], series));
    }

    private Table TableOf(AttendanceReport.Response report)
    {
        var columns = ReportColumns.Figures.Where(column => Columns.Contains(column.Name)).ToArray();
        var table = new Table([new TableColumn(texts["reporting.csv.name"], 3), .. columns.Select(column => new TableColumn(ReportColumns.Heading(column.Name, texts), 1.2, TextAlign.End))]);
        foreach (var item in report.Items.Append(report.Total))
        {
            table.Row([TableCell.Header(SafeText.SpellMissing(item.Label)), .. columns.Select(column => (TableCell)Phrase.Code(column.Read(item) switch
            {
                { Number: { } number } => number.ToString("0.#", CultureInfo.GetCultureInfo("fr-FR")),
                { IsWithheld: true } => ReportColumns.Withheld,
                _ => "–",
            }))]);
        }
        return table;
    }
}
