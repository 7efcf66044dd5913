using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Pdf.Text;

namespace Training.App.Modules.Attendance.Printing;

/// <summary>
/// The sheet of a session for where there is neither network nor phone: a line for each youth in the roster's order, with boxes to tick,
/// so that it is typed in from the top down or read from a photograph. In the caller's language, Arabic from right to left.
/// </summary>
internal static class GetDaySheet
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/{id}/sheet", GetAsync).WithName("GetDaySheet").WithSummary("The session's sheet to be ticked by hand, as PDF, in the caller's language.")
            .Produces(200, contentType: "application/pdf").ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> GetAsync(string id, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, cancellationToken)).ToHttp(texts, sheet => TypedResults.File(sheet, "application/pdf", $"{id}.pdf"));

    internal sealed class Handler(GetRoster.Handler rosters, DirectoryCatalog catalog, Texts texts, TimeProvider time)
    {
        public async Task<Result<byte[]>> HandleAsync(string id, CancellationToken cancellationToken)
        {
            var found = await rosters.HandleAsync(id, cancellationToken);
            if (!found.Succeeded) return found.Error;
            if (found.Value.Items.Count == 0) return Error.Conflict("sheetWithoutRows");
            if (found.Value.Items.Count > DaySheet.RowsMax) return Error.Conflict("sheetTooLong", ("max", DaySheet.RowsMax));
            return SheetOf(found.Value, await catalog.SnapshotAsync(cancellationToken)).Draw(texts);
        }

        private DaySheet SheetOf(GetRoster.Response roster, DirectorySnapshot directory)
        {
            var arabic = Languages.Current == "ar";
            var site = directory.FindSite(roster.Site)!;
            var edition = directory.FindEdition(roster.Edition)!;
            var group = roster.GroupName.All(char.IsAsciiDigit) ? texts["attendance.group", roster.GroupName] : roster.GroupName;
            return new DaySheet(
                arabic, roster.Session, arabic ? edition.IssuerAr : edition.IssuerFr, time.Today(),
                Phrase.Of($"{group} · {texts[$"attendance.kind.{roster.Kind}"]}"),
                Phrase.Of($"{(arabic ? site.NameAr : site.NameFr)} · {roster.Date:dd/MM/yyyy} · {SafeText.Code(roster.Start)} · {texts["attendance.sheet.minutes", roster.Minutes]}"),
                [.. roster.Items.Select(child => new DaySheet.Row(child.Enrollment, child.Participant, arabic ? child.NameAr ?? child.Name : child.Name))]);
        }
    }
}
