using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Security;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Modules.Certificates;

/// <summary>The stored document of a certificate: for staff within their scope, for a family its own children's.</summary>
internal static class GetCertificatePdf
{
    /// <param name="Content">The document.</param>
    /// <param name="Hash">Hash of its bytes.</param>
    /// <param name="FileName">Name to save it under: the number only.</param>
    internal sealed record Response(byte[] Content, string Hash, string FileName)
    {
        /// <summary>The document as an answer that a browser may keep but must ask about again.</summary>
        public IResult ToHttp(HttpContext context)
        {
            context.Response.Headers.CacheControl = "private, no-cache";
            return TypedResults.File(Content, "application/pdf", FileName, entityTag: new EntityTagHeaderValue($"\"{Hash}\""));
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/certificates/{number}/pdf", GetAsync).WithName("GetCertificatePdf").WithSummary("The certificate as PDF.")
            .Produces(200, contentType: "application/pdf").ProducesProblem(404).ProducesProblem(409);

    public static void MapForFamilies(IEndpointRouteBuilder routes) =>
        routes.MapGet("/certificates/{number}/pdf", GetAsync).WithName("GetFamilyCertificatePdf").WithSummary("A child's certificate as PDF.")
            .Produces(200, contentType: "application/pdf").ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> GetAsync(
        string number, HttpContext context, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(number, cancellationToken)).ToHttp(texts, document => document.ToHttp(context));

    internal sealed class Handler(ReadDb db, CertificateDocuments documents, ReadingLog readings)
    {
        public async Task<Result<Response>> HandleAsync(string number, CancellationToken cancellationToken)
        {
            var row = await db.Set<Certificate>().SingleOrDefaultAsync(certificate => certificate.Number == number, cancellationToken);
            if (row is null || row.ErasedAt is not null) return Error.NotFound("certificateNotFound");
            if (row.Status == CertificateStatus.Revoked) return Error.Conflict("certificateRevoked");
            if (row.FileHash is null) return Error.Conflict("notYetIssued");
            await readings.NoteAsync(row.ParticipantId, "certificate-pdf", ShownParts.Certificates, cancellationToken);
            var document = await documents.ReadAsync(row, cancellationToken);
            return document.Condition == CertificateDocuments.Condition.Lost
                ? Error.Conflict("documentLost")
                : new Response(document.Bytes, document.Hash, $"{number}.pdf");
        }
    }
}
