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

/// <summary>Prints a report: what it is of, how old and how complete it is, a chart of few rows, and the table with its headings on each page.</summary>
internal sealed class ReportPdf(DirectoryCatalog catalog, Texts texts)
{
    /// <summary>With more rows a chart says less than the table.</summary>
    private const int BarsMax = 24;

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
            Footer = (page, count) => Phrase.Of($"{texts["reporting.pdf.asOf"]} {report.AsOf.ToLocal():dd/MM/yyyy HH:mm} · {page}/{count}"),
        };
        document.Heading(1, title);
        if (edition is not null) document.Paragraph(SafeText.SpellMissing(isArabic ? edition.NameAr : edition.NameFr));
        foreach (var line in ReportCsv.Notes(report, texts)) document.Paragraph(Phrase.Of($"{line[0]} : {string.Join(" / ", line[1..])}"));
        Chart(document, report);
        document.Table(TableOf(report));
        return document.Save();
    }

    private static string Issuer(Edition? edition, bool isArabic) => edition is null ? "" : isArabic ? edition.IssuerAr : edition.IssuerFr;

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
