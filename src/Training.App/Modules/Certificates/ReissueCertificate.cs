using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Certificates.Messages;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Security;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Modules.Certificates;

/// <summary>
/// Issues a certificate anew after the child's file was corrected: the next revision under the same number and public link. Whoever
/// still holds the former document learns from the public page that a newer one counts.
/// </summary>
internal static class ReissueCertificate
{
    internal sealed record Request([property: Description("Why; kept with the former revision.")] string? Reason);

    internal sealed record Response(string Number, int Revision, CertificateStatus Status);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/certificates/{number}/reissue", PostAsync).WithName("ReissueCertificate")
            .WithSummary("Issue a certificate anew with what the corrected file now says; number and public link stay.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PostAsync(string number, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(number, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(RevocationDesk desk, ReadingLog readings, Caller caller, Idempotency idempotency, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string number, Request request, CancellationToken cancellationToken)
        {
            if (idempotency.TryReplay<Response>(out var earlier)) return earlier;
            var faults = new Faults();
            var reason = FreeText.Read(request.Reason, "reason", required: true, CertificateRevision.ReasonMax, faults);
            if (!faults.None) return faults.ToError();
            return await desk.ChangeAsync(
                (write, token) => idempotency.OnceAsync(write, () => ReissueAsync(write, number, reason!, token), token), cancellationToken);
        }

        private async Task<Result<Response>> ReissueAsync(WriteSession write, string number, string reason, CancellationToken cancellationToken)
        {
            var row = await write.Db.Set<Certificate>().SingleOrDefaultAsync(certificate => certificate.Number == number, cancellationToken);
            if (row is null) return Error.NotFound("certificateNotFound");
            // The caller sees the certificate; the child may have gone to another site since.
            var child = await write.Db.Set<Participant>().IgnoreQueryFilters().AsNoTracking().SingleAsync(file => file.Id == row.ParticipantId, cancellationToken);
            var former = new CertificateRevision
            {
                CertificateId = row.Id, Revision = row.Revision, FileHash = row.FileHash, ReplacedBy = caller.Name, ReplacedAt = time.GetUtcNow(), Reason = reason,
            };
            if (row.Reissue(child).Error is { } refusal) return refusal;
            write.Db.Add(former);
            await write.Db.SaveChangesAsync(cancellationToken);
            write.Rows.Insert(readings.Reading(row.ParticipantId, "certificate-reissued", ShownParts.Certificates));
            write.Events.Add(new CertificatesEarned([row.Id]));
            return new Response(row.Number, row.Revision, row.Status);
        }
    }
}
