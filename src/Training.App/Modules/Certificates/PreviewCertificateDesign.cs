using System.Net.Mime;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Pdf.Images;

namespace Training.App.Modules.Certificates;

/// <summary>Shows what certificates would look like before anything is kept: a look counts from its first day and cannot be taken back then.</summary>
internal static class PreviewCertificateDesign
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/editions/{code}/certificate-designs/preview", PostAsync).WithName("PreviewCertificateDesign")
            .WithSummary("A PDF with two examples, for a girl and for a boy, of what SetCertificateDesign would set; nothing is kept. The directorate alone.")
            .Produces(StatusCodes.Status200OK, contentType: MediaTypeNames.Application.Pdf).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);

    private static async Task<IResult> PostAsync(
        string code, SetCertificateDesign.Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(code, request, cancellationToken)).ToHttp(texts, pdf => TypedResults.File(pdf, MediaTypeNames.Application.Pdf));

    internal sealed class Handler(DirectoryCatalog catalog, CertificatePrinter printer, Caller caller, TimeProvider time)
    {
        public async Task<Result<byte[]>> HandleAsync(string code, SetCertificateDesign.Request request, CancellationToken cancellationToken)
        {
            if (!caller.Scope.Nation) return Error.Of(ErrorKind.Forbidden, "forbidden");
            var directory = await catalog.SnapshotAsync(cancellationToken);
            if (directory.FindEdition(code) is not { } edition) return Error.NotFound("editionNotFound");
            var faults = new Faults();
            var logo = CertificateDesignReading.LogoOf(request, faults);
            var design = CertificateDesignReading.Read(request, edition, key: 0, time.Today(), faults);
            if (!faults.None) return faults.ToError();
            if (logo is not null) design.Bear(hash: "", PersonText.Clean(request.LogoText));
            return printer.PrintExample(design, logo is null ? null : PdfImage.Read(logo), directory);
        }
    }
}
