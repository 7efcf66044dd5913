using Training.App.Modules.Certificates.Signing;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Certificates;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Modules.Certificates;

/// <summary>
/// Says to anybody who holds a certificate whether it is valid, showing as little about the child as possible. That a check was made is
/// written down before it is answered; by whom is not.
/// </summary>
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

    /// <param name="Status">Where it stands.</param>
    /// <param name="Kind">What it attests.</param>
    /// <param name="Programme">The edition's name.</param>
    /// <param name="Initials">The holder's initials.</param>
    /// <param name="BirthYear">The holder's year of birth.</param>
    /// <param name="IssuedOn">Date of issue.</param>
    /// <param name="Issuer">The issuing organisation.</param>
    /// <param name="Number">Printed number.</param>
    /// <param name="Revision">Which issue of the document counts; above 1 after a correction.</param>
    /// <param name="RevokedOn">The day it was revoked; null while it stands.</param>
    /// <param name="RevocationClass">Why it was revoked, in general terms; null while it stands.</param>
    /// <param name="ReplacedBy">Where the certificate that replaced it is verified; null unless it was replaced.</param>
    /// <param name="DocumentSha256">Hash of the issued PDF, in hexadecimal; null while a corrected one is being made.</param>
    /// <param name="EarlierSha256">Hashes of PDFs issued before a correction.</param>
    /// <param name="KeyWithdrawnFrom">Since when others may hold the key of its square code, which proves nothing by itself then; null otherwise.</param>
    internal sealed record Response(
        Standing Status, CertificateKind Kind, string Programme, string Initials, int BirthYear, DateOnly IssuedOn, string Issuer,
        string Number, int Revision, DateOnly? RevokedOn, RevocationClass? RevocationClass, string? ReplacedBy, string? DocumentSha256,
        IReadOnlyList<string> EarlierSha256, DateOnly? KeyWithdrawnFrom);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/verify/{code}", GetAsync).WithName("VerifyCertificate").WithTags("Certificates")
            .WithSummary("Public verification of a certificate; unknown and malformed codes answer alike.")
            .AllowAnonymous().RequireRateLimiting(RateLimits.Verification).Produces<Response>().ProducesProblem(404).ProducesProblem(429);

    private static async Task<IResult> GetAsync(string code, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(code, CheckDoor.Api, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, DirectoryCatalog catalog, PublicAddress address, WithdrawnKeys withdrawn, IWriteGate gate, TimeProvider time)
    {
        // As long as a code and never given out: a malformed code costs the same look-up as an unknown one.
        private const string NoCode = "ZZZZZZZZZZZZZZZZZZZZZZZZZZ";

        public async Task<Result<Response>> HandleAsync(string? code, CheckDoor door, CancellationToken cancellationToken)
        {
            var known = CertificateCodes.ReadVerificationCode(code) ?? NoCode;
            var found = await PublicCertificates.FindAsync(db.Set<Certificate>(), db.Set<CertificateRevision>(), known, cancellationToken);
            await NoteAsync(found, door, cancellationToken);
            if (found is null) return Error.NotFound("certificateUnknown");

            var edition = (await catalog.SnapshotAsync(cancellationToken)).Edition(found.EditionId);
            var latin = DisplayName.Initials(found.GivenName, found.FamilyName);
            var arabic = DisplayName.Initials(found.GivenNameAr, found.FamilyNameAr);
            var inArabic = Languages.Current == "ar";
            return new Response(
                StandingOf(found.Status), found.Kind, inArabic ? edition.NameAr : edition.NameFr, (inArabic ? arabic ?? latin : latin ?? arabic) ?? "",
                found.BirthDate.Year, found.IssuedOn, inArabic ? edition.IssuerAr : edition.IssuerFr, found.Number, found.Revision,
                found.RevokedAt is { } at ? LocalTime.DayOf(at) : null, ClassOf(found.RevocationReason),
                found.ReplacedByCode is { } other ? address.Verification(other) : null, found.FileHash, found.EarlierHashes,
                found.Statement is { } statement && (await withdrawn.ReadAsync(cancellationToken)).TryGetValue(CertificateStatement.KeyOf(statement), out var from) ? from : null);
        }

        private async Task NoteAsync(PublicCertificate? found, CheckDoor door, CancellationToken cancellationToken)
        {
            var check = new CertificateCheck
            {
                CertificateId = found?.Id,
                Outcome = found is null ? CheckOutcome.Unknown : StandingOf(found.Status) switch
                {
                    Standing.Revoked => CheckOutcome.Revoked,
                    Standing.Replaced => CheckOutcome.Replaced,
                    _ => CheckOutcome.Valid,
                },
                Door = door,
                At = time.GetUtcNow(),
            };
            await gate.WriteAsync<Done>(
                AccessScope.None,
                (write, _) =>
                {
                    write.Rows.Insert(check);
                    return Task.FromResult<Result<Done>>(default(Done));
                },
                cancellationToken);
        }

        private static Standing StandingOf(CertificateStatus status) => status switch
        {
            CertificateStatus.Revoked => Standing.Revoked,
            CertificateStatus.Replaced => Standing.Replaced,
            _ => Standing.Valid,
        };

        private static RevocationClass? ClassOf(string? reason) =>
            Enum.TryParse<RevocationReason>(reason, ignoreCase: true, out var known) ? RevocationCase.ClassOf(known) : null;
    }
}
