using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Pdf.Layout;
using Training.Pdf.Text;

namespace Training.App.Modules.Attendance.Printing;

/// <summary>
/// The sheet of a session for where there is neither network nor phone: a line for each youth in the roster's order, with boxes to tick,
/// so that it is typed in from the top down. In the caller's language, Arabic from right to left.
/// </summary>
internal static class GetDaySheet
{
    private const double RowHeight = 23;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/{id}/sheet", GetAsync).WithName("GetDaySheet").WithSummary("The session's sheet to be ticked by hand, as PDF, in the caller's language.")
            .Produces(200, contentType: "application/pdf").ProducesProblem(404);

    private static async Task<IResult> GetAsync(string id, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, cancellationToken)).ToHttp(texts, sheet => TypedResults.File(sheet, "application/pdf", $"{id}.pdf"));

    internal sealed class Handler(GetRoster.Handler rosters, DirectoryCatalog catalog, Texts texts, TimeProvider time)
    {
        public async Task<Result<byte[]>> HandleAsync(string id, CancellationToken cancellationToken)
        {
            var found = await rosters.HandleAsync(id, cancellationToken);
            if (!found.Succeeded) return found.Error;
            return Draw(found.Value, await catalog.SnapshotAsync(cancellationToken));
        }

        private byte[] Draw(GetRoster.Response roster, DirectorySnapshot directory)
        {
            var arabic = Languages.Current == "ar";
            var site = directory.FindSite(roster.Site)!;
            var edition = directory.FindEdition(roster.Edition)!;
            var group = roster.GroupName.All(char.IsAsciiDigit) ? texts["attendance.group", roster.GroupName] : roster.GroupName;
            var title = texts["attendance.sheet.title"];
            var document = new FlowDocument(arabic ? PageSetup.Arabic : PageSetup.French, title, arabic ? edition.IssuerAr : edition.IssuerFr, time.Today())
            {
                // The code leads whoever types the sheet in to the session.
                Header = Phrase.Of($"{title} · {SafeText.Code(roster.Session)}"),
                Footer = (page, count) => texts["attendance.sheet.page", SafeText.Code(roster.Session), page, count],
            };
            document.Heading(1, Phrase.Of($"{group} · {texts[$"attendance.kind.{roster.Kind}"]}"));
            document.Paragraph(Phrase.Of($"{(arabic ? site.NameAr : site.NameFr)} · {roster.Date:dd/MM/yyyy} · {SafeText.Code(roster.Start)} · {texts["attendance.sheet.minutes", roster.Minutes]}"));
            document.Paragraph(texts["attendance.sheet.how"], TextLook.Small);
            document.Space(4);
            document.Table(TableOf(roster, arabic));
            document.Space(14);
            document.Paragraph(texts["attendance.sheet.adults"]);
            return document.Save();
        }

        private Table TableOf(GetRoster.Response roster, bool arabic)
        {
            string[] marks = [.. new[] { "Present", "Late", "Excused", "Absent" }.Select(mark => texts[$"attendance.status.{mark}"])];
            var table = new Table(
            [
                new("", 0.6, TextAlign.Center), new(texts["attendance.sheet.name"], 4), new(texts["attendance.sheet.code"], 1.7, TextAlign.Center),
                .. marks.Select(mark => new TableColumn(mark, 1.1, TextAlign.Center)),
            ]) { RowHeight = RowHeight };
            for (var i = 0; i < roster.Items.Count; i++)
            {
                var child = roster.Items[i];
                table.Row(
                [
                    Phrase.Code((i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)),
                    TableCell.Header(SafeText.SpellMissing(arabic ? child.NameAr ?? child.Name : child.Name)), Phrase.Code(child.Participant),
                    .. marks.Select(TableCell.Tick),
                ]);
            }
            return table;
        }
    }
}
