using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Writing;
using Training.Domain.Certificates;
using Training.Domain.Common;

namespace Training.App.Modules.Certificates;

/// <summary>
/// Revokes a certificate, for a stated reason, by two people: the first asks, a second who says the same revokes. Its public page says
/// so from then on.
/// </summary>
internal static class RevokeCertificate
{
    internal sealed record Request(
        [property: Description("issuedInError, wrongPerson, attendanceCorrected or misuse; the second person names the same.")] RevocationReason? Reason);

    /// <param name="Number">Printed number.</param>
    /// <param name="Status">Where the certificate stands.</param>
    /// <param name="RevokedAt">When it was revoked; null while a second person is waited for.</param>
    /// <param name="Reason">Why.</param>
    internal sealed record Response(string Number, CertificateStatus Status, DateTimeOffset? RevokedAt, RevocationReason Reason);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/certificates/{number}/revoke", PostAsync).WithName("RevokeCertificate")
            .WithSummary("Ask for a certificate to be revoked (202), or as the second person revoke it (200).")
            .Produces<Response>().Produces<Response>(StatusCodes.Status202Accepted).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PostAsync(string number, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(number, request, cancellationToken)).ToHttp(
            texts, response => response.RevokedAt is null ? TypedResults.Accepted((string?)null, response) : TypedResults.Ok(response));

    internal sealed class Handler(RevocationDesk desk, KeyAllocator keys, Caller caller, Idempotency idempotency, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string number, Request request, CancellationToken cancellationToken)
        {
            if (idempotency.TryReplay<Response>(out var earlier)) return earlier;
            if (request.Reason is not { } reason || !Enum.IsDefined(reason))
                return Faults.Only("reason", request.Reason is null ? "missing" : "unknownReason");
            var key = await keys.NextAsync<RevocationCase>(cancellationToken);
            return await desk.ChangeAsync(
                (write, token) => idempotency.OnceAsync(write, () => AskAsync(write, number, reason, key, token), token), cancellationToken);
        }

        private async Task<Result<Response>> AskAsync(WriteSession write, string number, RevocationReason reason, int key, CancellationToken cancellationToken)
        {
            var row = await write.Db.Set<Certificate>().SingleOrDefaultAsync(certificate => certificate.Number == number, cancellationToken);
            if (row is null) return Error.NotFound("certificateNotFound");
            if (row.Status == CertificateStatus.Revoked)
                return row.RevocationReason == RevocationDesk.CodeOf(reason) ? Show(row, reason) : Error.Conflict("alreadyRevoked");
            var open = await write.Db.Set<RevocationCase>().SingleOrDefaultAsync(known => known.CertificateId == row.Id && known.Slot == 0, cancellationToken);
            if (open is null)
            {
                write.Db.Add(RevocationCase.Ask(key, row.Id, reason, caller.Name, time.GetUtcNow()));
                await write.Db.SaveChangesAsync(cancellationToken);
                return Show(row, reason);
            }
            if (open.Reason != reason) return Error.Conflict("revocationWaits", ("reason", RevocationDesk.CodeOf(open.Reason)));
            var agreed = open.Agree(caller.Name, time.GetUtcNow());
            if (agreed.Error is { } refusal) return refusal;
            if (agreed.Value) await desk.RevokeAsync(write, row, reason, cancellationToken);
            await write.Db.SaveChangesAsync(cancellationToken);
            return Show(row, reason);
        }

        private static Response Show(Certificate row, RevocationReason reason) => new(row.Number, row.Status, row.RevokedAt, reason);
    }
}
