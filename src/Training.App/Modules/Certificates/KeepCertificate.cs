using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Security;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Modules.Certificates;

/// <summary>Says no to revoking a certificate: it stays, and the case is closed.</summary>
internal static class KeepCertificate
{
    internal sealed record Response(string Number, CertificateStatus Status);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/certificates/{number}/keep", PostAsync).WithName("KeepCertificate")
            .WithSummary("Refuse to revoke a certificate that waits for a decision.")
            .Produces<Response>().ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PostAsync(string number, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(number, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(RevocationDesk desk, ReadingLog readings, Caller caller, Idempotency idempotency, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string number, CancellationToken cancellationToken)
        {
            if (idempotency.TryReplay<Response>(out var earlier)) return earlier;
            return await desk.ChangeAsync<Response>(
                (write, token) => idempotency.OnceAsync<Response>(write, async () =>
                {
                    var row = await write.Db.Set<Certificate>().AsNoTracking().SingleOrDefaultAsync(certificate => certificate.Number == number, token);
                    if (row is null) return Error.NotFound("certificateNotFound");
                    var open = await write.Db.Set<RevocationCase>().SingleOrDefaultAsync(known => known.CertificateId == row.Id && known.Slot == 0, token);
                    if (open is null) return Error.Conflict("noRevocationWaits");
                    if (open.Keep(caller.Name, time.GetUtcNow()).Error is { } refusal) return refusal;
                    await write.Db.SaveChangesAsync(token);
                    write.Rows.Insert(readings.Reading(row.ParticipantId, "certificate-kept", ShownParts.Certificates));
                    return new Response(row.Number, row.Status);
                }, token),
                cancellationToken);
        }
    }
}
