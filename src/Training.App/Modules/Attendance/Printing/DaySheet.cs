using System.Globalization;
using Training.App.Platform.Localization;
using Training.Paper;
using Training.Pdf.Layout;
using Training.Pdf.Text;
using Training.Pdf.Writing;

namespace Training.App.Modules.Attendance.Printing;

/// <summary>
/// A session's sheet as a document: for people a list with boxes to tick, for a machine the same boxes at the places of
/// <see cref="SheetLayout"/>, marks at the corners and a code that says whose rows they are.
/// </summary>
/// <param name="Arabic">True for Arabic, from right to left; else French.</param>
/// <param name="Session">Session id.</param>
/// <param name="Issuer">Who it comes from.</param>
/// <param name="Day">Day of printing.</param>
/// <param name="Group">The group and the session's kind.</param>
/// <param name="Place">Site, day and time.</param>
/// <param name="Rows">The youths in the order of the list.</param>
internal sealed record DaySheet(
    bool Arabic, string Session, string Issuer, DateOnly Day, Phrase Group, Phrase Place, IReadOnlyList<DaySheet.Row> Rows)
{
    /// <summary>A youth's line.</summary>
    /// <param name="Enrollment">Enrollment id.</param>
    /// <param name="Participant">Participant code.</param>
    /// <param name="Name">In the sheet's script where it is known.</param>
    internal sealed record Row(string Enrollment, string Participant, string Name);

    /// <summary>Most youths on a sheet.</summary>
    public const int RowsMax = SheetLayout.RowsMax * PageCode.PagesMax;

    private static readonly PdfColor Ink = PdfColor.FromRgb(0x000000);

    /// <summary>The document.</summary>
    /// <param name="texts">Texts, in the language of the sheet.</param>
    public byte[] Draw(Texts texts)
    {
        var setup = (Arabic ? PageSetup.Arabic : PageSetup.French) with { Width = SheetLayout.PageWidth, Height = SheetLayout.PageHeight, Margin = SheetLayout.Margin };
        var title = texts["attendance.sheet.title"];
        var document = new FlowDocument(setup, title, Issuer, Day)
        {
            Header = title,
            Footer = (page, count) => texts["attendance.sheet.page", SafeText.Code(Session), page, count],
        };
        var pages = Rows.Chunk(SheetLayout.RowsMax).ToArray();
        foreach (var (index, rows) in pages.Index())
        {
            document.PageBreak();
            document.Decorate(CornerMarks);
            Head(document, texts, new PageCode(PaperCode.Of(Session), index + 1, pages.Length, Arabic, [.. rows.Select(row => PaperCode.Of(row.Enrollment))]));
            document.SkipTo(SheetLayout.TableTop);
            document.Table(TableOf(rows, index * SheetLayout.RowsMax, texts));
        }
        document.Paragraph(texts["attendance.sheet.adults"]);
        return document.Save();
    }

    private void Head(FlowDocument document, Texts texts, PageCode code) =>
        document.Grid([code], 1, SheetLayout.CodeSide, (frame, page) =>
        {
            frame.TakeEnd(SheetLayout.CodeSide).Qr(page.Write(), texts["attendance.sheet.machine"], SheetLayout.CodeVersion);
            frame.Heading(Group, new TextLook(15) { Bold = true });
            frame.Space(2);
            frame.Text(Place, new TextLook(10.5));
            frame.Space(4);
            frame.Text(texts["attendance.sheet.how"], TextLook.Small, maxLines: 3);
            // The code leads whoever types the sheet in to the session.
            frame.Text(Phrase.Of($"{Session} · {$"{page.Page}/{page.Pages}"}"), new TextLook(10.5) { Bold = true });
        });

    private static Table TableOf(IReadOnlyList<Row> rows, int before, Texts texts)
    {
        string[] marks = [.. new[] { "Present", "Late", "Excused", "Absent" }.Select(mark => texts[$"attendance.status.{mark}"])];
        Phrase[] heads = ["", texts["attendance.sheet.name"], texts["attendance.sheet.code"], .. marks];
        var table = new Table([.. heads.Select((head, column) => new TableColumn(head, SheetLayout.Columns[column], column == 1 ? TextAlign.Start : TextAlign.Center))])
        {
            RowHeight = SheetLayout.RowHeight, KeepsRowHeight = true, TickSide = SheetLayout.BoxSide,
        };
        foreach (var (index, row) in rows.Index())
        {
            table.Row(
            [
                Phrase.Code((before + index + 1).ToString(CultureInfo.InvariantCulture)),
                TableCell.Header(SafeText.SpellMissing(row.Name)), Phrase.Code(row.Participant), .. marks.Select(TableCell.Tick),
            ]);
        }
        return table;
    }

    private static void CornerMarks(PdfCanvas canvas)
    {
        const double module = SheetLayout.MarkSide / SheetLayout.MarkModules;
        canvas.SetFill(Ink);
        foreach (var (x, y) in SheetLayout.Marks)
        {
            foreach (var modules in (int[])[7, 5, 3])
                canvas.Rectangle(x - modules * module / 2, SheetLayout.PageHeight - y - modules * module / 2, modules * module, modules * module);
        }
        // By even-odd the middle square turns white, and the inner one dark again.
        canvas.FillEvenOdd();
    }
}
