using System.Text;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Security;
using Training.Data.Certificates;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Modules.Certificates.Badges;

/// <summary>
/// A certificate as a signed digital credential (Open Badges 3.0): with the name for the family and the staff, without it for whoever holds
/// the verification code. Only from the edition's age on, and while a guardian's consent to it stands.
/// </summary>
internal static class GetBadge
{
    /// <param name="Token">The credential, a signed JSON Web Token.</param>
    /// <param name="FileName">Name to save it under: the number only.</param>
    internal sealed record Response(string Token, string FileName)
    {
        /// <summary>As an answer that is kept by nobody on the way.</summary>
        public IResult ToHttp(HttpContext context)
        {
            context.Response.Headers.CacheControl = "private, no-store";
            return TypedResults.File(Encoding.ASCII.GetBytes(Token), BadgeWriter.MediaType, FileName);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/certificates/{number}/badge", GetAsync).WithName("GetBadge")
            .WithSummary("The certificate as a digital credential (Open Badges 3.0, JWT), from the edition's age on and with a guardian's consent.")
            .Produces<string>(200, BadgeWriter.MediaType).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    public static void MapForFamilies(IEndpointRouteBuilder routes) =>
        routes.MapGet("/certificates/{number}/badge", GetAsync).WithName("GetFamilyBadge")
            .WithSummary("A child's certificate as a digital credential (Open Badges 3.0, JWT), from the edition's age on and with a guardian's consent.")
            .Produces<string>(200, BadgeWriter.MediaType).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    public static void MapForEverybody(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/verify/{code}/badge", GetPublicAsync).WithName("GetPublicBadge").WithTags("Certificates")
            .WithSummary("The certificate of a verification code as a digital credential (Open Badges 3.0, JWT) without the holder's name.")
            .AllowAnonymous().RequireRateLimiting(RateLimits.Verification)
            .Produces<string>(200, BadgeWriter.MediaType).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).ProducesProblem(429);

    private static async Task<IResult> GetAsync(string number, HttpContext context, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(number, cancellationToken)).ToHttp(texts, badge => badge.ToHttp(context));

    private static async Task<IResult> GetPublicAsync(string code, HttpContext context, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.OfCodeAsync(code, cancellationToken)).ToHttp(texts, badge => badge.ToHttp(context));

    internal sealed class Handler(ReadDb db, BadgeWriter writer, DirectoryCatalog catalog, ReadingLog readings, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string number, CancellationToken cancellationToken)
        {
            var row = await db.Set<Certificate>().SingleOrDefaultAsync(certificate => certificate.Number == number, cancellationToken);
            if (row is null || row.ErasedAt is not null) return Error.NotFound("certificateNotFound");
            if (await RefusalAsync(row, cancellationToken) is { } refusal) return refusal;
            await readings.NoteAsync(row.ParticipantId, "certificate-badge", ShownParts.Certificates, cancellationToken);
            return await WriteAsync(row, isNamed: true, cancellationToken);
        }

        /// <summary>For whoever holds the code: why it is not offered stays with the family, since age and consent are nobody else's matter.</summary>
        public async Task<Result<Response>> OfCodeAsync(string? code, CancellationToken cancellationToken)
        {
            var row = CertificateCodes.ReadVerificationCode(code) is { } known
                ? await PublicCertificates.OfCodeAsync(db.Set<Certificate>(), known, cancellationToken)
                : null;
            if (row is null || row.ErasedAt is not null) return Error.NotFound("certificateUnknown");
            return await RefusalAsync(row, cancellationToken) switch
            {
                null => await WriteAsync(row, isNamed: false, cancellationToken),
                { Kind: ErrorKind.Rule } => Error.Rule("badgeNotOffered"),
                var refusal => refusal,
            };
        }

        /// <summary>True when the public page offers it.</summary>
        public async Task<bool> IsOfferedAsync(string? code, CancellationToken cancellationToken) =>
            CertificateCodes.ReadVerificationCode(code) is { } known
            && await PublicCertificates.OfCodeAsync(db.Set<Certificate>(), known, cancellationToken) is { ErasedAt: null } row
            && await RefusalAsync(row, cancellationToken) is null;

        private async Task<Error?> RefusalAsync(Certificate row, CancellationToken cancellationToken)
        {
            var edition = (await catalog.SnapshotAsync(cancellationToken)).Edition(row.EditionId);
            var consented = await PublicCertificates.IsBadgeConsentedAsync(db.Set<Consent>(), db.Set<Domain.Families.ConsentObjection>(), row.ParticipantId, cancellationToken);
            return Badge.Refusal(row, edition.BadgeAgeMin, time.Today(), consented);
        }

        private async Task<Result<Response>> WriteAsync(Certificate row, bool isNamed, CancellationToken cancellationToken)
        {
            var edition = (await catalog.SnapshotAsync(cancellationToken)).Edition(row.EditionId);
            return new Response(await writer.WriteAsync(row, edition, isNamed, cancellationToken), $"{row.Number}.jwt");
        }
    }
}
