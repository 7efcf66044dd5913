using Training.App.Modules.Enrollments.Lifecycle;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Pdf.Layout;
using Training.Pdf.Text;

namespace Training.App.Modules.Enrollments.Printing;

/// <summary>
/// Cards of a group to be cut out, ten on a page: the child's name in both scripts, and the participant code in letters and as a QR
/// code. The QR code is the participant code alone, which says nothing to a stranger.
/// </summary>
internal static class GetParticipantCards
{
    private const double CardHeight = 138;
    private const double CodeWidth = 96;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/groups/{id}/cards", GetAsync).WithName("GetParticipantCards").WithSummary("Cards of a group's youths with a place, to be cut out, as PDF.")
            .Produces(200, contentType: "application/pdf").ProducesProblem(404);

    private static async Task<IResult> GetAsync(string id, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, cancellationToken)).ToHttp(texts, cards => TypedResults.File(cards, "application/pdf", $"{id}.pdf"));

    internal sealed class Handler(ListGroupYouths.Handler youths, DirectoryCatalog catalog, Texts texts, TimeProvider time)
    {
        public async Task<Result<byte[]>> HandleAsync(string id, CancellationToken cancellationToken)
        {
            var found = await youths.HandleAsync(id, cancellationToken);
            if (!found.Succeeded) return found.Error;
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var arabic = Languages.Current == "ar";
            var edition = directory.FindEdition(found.Value.Edition)!;
            var site = directory.FindSite(found.Value.Site)!;
            var document = new FlowDocument(
                arabic ? PageSetup.Arabic : PageSetup.French, texts["enrollments.cards.title"], arabic ? edition.IssuerAr : edition.IssuerFr, time.Today());
            var held = found.Value.Items.Where(item => item.Status != EnrollmentStatus.Waitlisted).ToArray();
            if (held.Length == 0) document.Paragraph(texts["enrollments.rollover.nobody"]);
            document.Grid(held, columns: 2, CardHeight, (frame, item) =>
            {
                frame.Border();
                var inner = frame.Inset(10);
                inner.TakeEnd(CodeWidth).Qr(item.Participant, texts["enrollments.cards.qr"]);
                inner.Text(texts["common.product"], TextLook.Small);
                if (item.NameAr is { } nameAr) inner.Text(SafeText.SpellMissing(nameAr), new TextLook(15) { Bold = true, Language = "ar-MA" });
                if (item.Name != item.NameAr) inner.Text(SafeText.SpellMissing(item.Name), new TextLook(12) { Bold = true, Language = "fr-MA" });
                inner.Text(Phrase.Code(item.Participant), new TextLook(17) { Bold = true });
                inner.Text(arabic ? site.NameAr : site.NameFr, TextLook.Small);
                if (item.Category is { } category) inner.Text(Phrase.Code(category), TextLook.Small);
            });
            return document.Save();
        }
    }
}
