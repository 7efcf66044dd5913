using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Spreadsheets;

namespace Training.App.Modules.Reporting;

/// <summary>Writes a report as a workbook: the headings stay in view, numbers are numbers, texts stay texts whatever they begin with.</summary>
internal static class ReportWorkbook
{
    private const int CodeWidth = 16;
    private const int NameWidth = 40;
    private const int FigureWidth = 14;

    /// <summary>How many rows are written before it is told how far it is.</summary>
    private const int TellRows = 500;

    /// <summary>Writes it row by row: what is held in memory does not grow with the rows.</summary>
    public static void Write(AttendanceReport.Response report, Texts texts, Stream target, Action<double>? progress = null)
    {
        int[] widths = [CodeWidth, NameWidth, .. ReportColumns.Figures.Select(_ => FigureWidth)];
        using (var workbook = new WorkbookWriter(target, texts["reporting.csv.sheet"], Languages.Current == "ar", headingRow: 1, widths, []))
        {
            workbook.Row([.. new[] { "code", "name" }.Concat(ReportColumns.Figures.Select(column => column.Name))
                .Select(name => new WrittenCell(ReportColumns.Heading(name, texts), CellLook.Heading))]);
            foreach (var (i, item) in report.Items.Append(report.Total).Index())
            {
                if (i % TellRows == 0) progress?.Invoke((double)i / report.Items.Count);
                workbook.Row(
                [
                    new WrittenCell(item.Key, CellLook.Text), new WrittenCell(item.Label, CellLook.Text),
                    .. ReportColumns.Figures.Select(column => column.Read(item) switch
                    {
                        { Number: { } number } => new WrittenCell(ReportColumns.Invariant(number), CellLook.Number),
                        { IsWithheld: true } => new WrittenCell(ReportColumns.Withheld, CellLook.Text),
                        _ => new WrittenCell("", CellLook.Plain),
                    }),
                ]);
            }
            foreach (var line in ReportCsv.Notes(report, texts)) workbook.Row([.. line.Select(cell => new WrittenCell(cell, CellLook.Text))]);
            workbook.Complete();
        }
    }
}
