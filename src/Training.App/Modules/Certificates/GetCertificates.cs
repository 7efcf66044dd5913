using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Security;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Modules.Certificates;

/// <summary>The certificates of a child, or one by its number. Both are readings of the child's file.</summary>
internal static class GetCertificates
{
    internal sealed record Item(
        string Number, CertificateKind Kind, CertificateStatus Status, string Participant, string Enrollment, string Edition, string Name,
        string? NameAr, decimal Hours, DateOnly IssuedOn, DateTimeOffset? RevokedAt, string? RevocationReason, string VerificationAddress,
        int Revision, string? SignedAddress);

    // SignedAddress: what the square code says, once the document is made: the verification address with the signed statement behind it.

    internal sealed record Response(IReadOnlyList<Item> Items, string? Next);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/certificates", ListAsync).WithName("ListCertificates").WithSummary("The certificates of a participant.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);
        routes.MapGet("/certificates/{number}", GetAsync).WithName("GetCertificate").WithSummary("One certificate.")
            .Produces<Item>().ProducesProblem(404);
    }

    private static async Task<IResult> ListAsync(string? participant, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.ListAsync(participant, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    private static async Task<IResult> GetAsync(string number, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.GetAsync(number, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, DirectoryCatalog catalog, PublicAddress address, ReadingLog readings, TimeProvider time)
    {
        public async Task<Result<Response>> ListAsync(string? participant, CancellationToken cancellationToken)
        {
            if (string.IsNullOrWhiteSpace(participant))
            {
                var faults = new Faults();
                faults.Add("participant", "missing");
                return faults.ToError();
            }
            var key = await db.FileOfAsync(participant, cancellationToken) ?? 0;
            var directory = await catalog.SnapshotAsync(cancellationToken);
            if (!await db.Set<Participant>().AnyAsync(row => row.Id == key, cancellationToken)
                && !await db.FormerPeople(directory.RunningOn(time.Today())).AnyAsync(row => row.Id == key, cancellationToken)) return Error.NotFound("participantNotFound");

            var rows = await db.Set<Certificate>().Where(row => row.ParticipantId == key).OrderBy(row => row.Id).ToListAsync(cancellationToken);
            await readings.NoteAsync(key, "certificates", ShownParts.Certificates, cancellationToken);
            return new Response([.. rows.Select(row => Show(row, directory))], Next: null);
        }

        public async Task<Result<Item>> GetAsync(string number, CancellationToken cancellationToken)
        {
            var row = await db.Set<Certificate>().SingleOrDefaultAsync(certificate => certificate.Number == number, cancellationToken);
            if (row is null) return Error.NotFound("certificateNotFound");
            await readings.NoteAsync(row.ParticipantId, "certificate", ShownParts.Certificates, cancellationToken);
            return Show(row, await catalog.SnapshotAsync(cancellationToken));
        }

        private Item Show(Certificate row, DirectorySnapshot directory)
        {
            var arabic = DisplayName.Join(row.GivenNameAr, row.FamilyNameAr);
            return new Item(
                row.Number, row.Kind, row.Status, ParticipantCode.FromKey(row.ParticipantId).ToString(), OpaqueId.Enrollment(row.EnrollmentId),
                directory.Edition(row.EditionId).Code, DisplayName.Join(row.GivenName, row.FamilyName) ?? arabic ?? "", arabic,
                Math.Round(row.Minutes / 60m, 1), row.IssuedOn, row.RevokedAt, row.RevocationReason, address.Verification(row.VerificationCode),
                row.Revision, row.Statement is { } statement ? address.Verification(row.VerificationCode, statement) : null);
        }
    }
}
