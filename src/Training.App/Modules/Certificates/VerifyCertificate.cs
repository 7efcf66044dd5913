using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Certificates;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Modules.Certificates;

/// <summary>Says to anybody who holds a certificate whether it is valid, showing as little about the child as possible.</summary>
internal static class VerifyCertificate
{
    /// <summary>What the public sees of a certificate's standing.</summary>
    internal enum Standing
    {
        Valid,
        Revoked,

        /// <summary>A completion certificate superseded this one of participation.</summary>
        Replaced,
    }

    internal sealed record Response(
        Standing Status, CertificateKind Kind, string Programme, string Initials, int BirthYear, DateOnly IssuedOn, string Issuer);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/verify/{code}", GetAsync).WithName("VerifyCertificate").WithTags("Certificates")
            .WithSummary("Public verification of a certificate; unknown and malformed codes answer alike.")
            .AllowAnonymous().RequireRateLimiting(RateLimits.Verification).Produces<Response>().ProducesProblem(404).ProducesProblem(429);

    private static async Task<IResult> GetAsync(string code, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(code, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, DirectoryCatalog catalog)
    {
        // As long as a code and never given out: a malformed code costs the same look-up as an unknown one.
        private const string NoCode = "ZZZZZZZZZZZZZZZZZZZZZZZZZZ";

        public async Task<Result<Response>> HandleAsync(string? code, CancellationToken cancellationToken)
        {
            var known = CertificateCodes.ReadVerificationCode(code) ?? NoCode;
            var found = await PublicCertificates.FindAsync(db.Set<Certificate>(), known, cancellationToken);
            if (found is null) return Error.NotFound("certificateUnknown");

            var edition = (await catalog.SnapshotAsync(cancellationToken)).Edition(found.EditionId);
            var latin = DisplayName.Initials(found.GivenName, found.FamilyName);
            var arabic = DisplayName.Initials(found.GivenNameAr, found.FamilyNameAr);
            var inArabic = Languages.Current == "ar";
            return new Response(
                found.Status switch
                {
                    CertificateStatus.Revoked => Standing.Revoked,
                    CertificateStatus.Replaced => Standing.Replaced,
                    _ => Standing.Valid,
                },
                found.Kind, inArabic ? edition.NameAr : edition.NameFr, (inArabic ? arabic ?? latin : latin ?? arabic) ?? "",
                found.BirthDate.Year, found.IssuedOn, inArabic ? edition.IssuerAr : edition.IssuerFr);
        }
    }
}
