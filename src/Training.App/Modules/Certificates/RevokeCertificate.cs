using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Security;
using Training.Data.Writing;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Modules.Certificates;

/// <summary>Revokes a certificate, for a stated reason. Its public page says so from then on.</summary>
internal static class RevokeCertificate
{
    /// <summary>Why certificates are revoked.</summary>
    internal enum Reason
    {
        IssuedInError,
        WrongPerson,
        AttendanceCorrected,
        Misuse,
    }

    internal sealed record Request(Reason? Reason);

    internal sealed record Response(string Number, CertificateStatus Status, DateTimeOffset RevokedAt, string Reason);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/certificates/{number}/revoke", PostAsync).WithName("RevokeCertificate").RequireAuthorization(Policies.Coordinate)
            .WithSummary("Revoke a certificate; visible at once on its public page.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PostAsync(string number, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(number, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(IWriteGate gate, ReadingLog readings, Caller caller, Idempotency idempotency, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string number, Request request, CancellationToken cancellationToken)
        {
            if (idempotency.TryReplay<Response>(out var earlier)) return earlier;
            if (request.Reason is not { } reason || !Enum.IsDefined(reason))
            {
                var faults = new Faults();
                faults.Add("reason", request.Reason is null ? "missing" : "unknownReason");
                return faults.ToError();
            }
            return await gate.WriteAsync(caller.Scope, (write, token) => idempotency.OnceAsync(
                write, () => RevokeAsync(write, number, CodeOf(reason), token), token), cancellationToken);
        }

        private async Task<Result<Response>> RevokeAsync(WriteSession write, string number, string reason, CancellationToken cancellationToken)
        {
            var row = await write.Db.Set<Certificate>().SingleOrDefaultAsync(certificate => certificate.Number == number, cancellationToken);
            if (row is null) return Error.NotFound("certificateNotFound");
            if (row.Status == CertificateStatus.Revoked && row.RevocationReason != reason) return Error.Conflict("alreadyRevoked");
            if (row.Status != CertificateStatus.Revoked)
            {
                row.Status = CertificateStatus.Revoked;
                row.RevokedAt = time.GetUtcNow();
                row.RevocationReason = reason;
                await write.Db.SaveChangesAsync(cancellationToken);
                write.Rows.Insert(readings.Reading(row.ParticipantId, "certificate-revoked", ShownParts.Certificates));
            }
            return new Response(row.Number, row.Status, row.RevokedAt!.Value, reason);
        }
    }

    private static string CodeOf(Reason reason) => char.ToLowerInvariant(reason.ToString()[0]) + reason.ToString()[1..];
}
