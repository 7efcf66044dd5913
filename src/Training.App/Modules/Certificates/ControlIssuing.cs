using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Certificates;

/// <summary>How far the issue of certificates has come, and a switch that stops it and lets it go on: counts alone, no child.</summary>
internal static class ControlIssuing
{
    internal sealed record Request([property: Description("true stops the issue, false lets it go on.")] bool? Paused);

    /// <param name="Paused">True while it is stopped.</param>
    /// <param name="PausedAt">Since when; null while it runs.</param>
    /// <param name="Waiting">Certificates earned whose document is still to be made.</param>
    /// <param name="Issued">Certificates with a document.</param>
    /// <param name="Judged">Enrollments that the running round has judged; null between rounds.</param>
    /// <param name="ToJudge">Enrollments in all.</param>
    internal sealed record Response(bool Paused, DateTimeOffset? PausedAt, int Waiting, int Issued, int? Judged, int ToJudge);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var issuing = routes.MapGroup("/api/certificates/issuing").RequireAuthorization(Policies.Coordinate).WithTags("Certificates");
        issuing.MapGet("/", GetAsync).WithName("GetIssuing").WithSummary("How far the issue of certificates has come, nationwide.").Produces<Response>().ProducesProblem(403);
        issuing.MapPut("/", PutAsync).WithName("ControlIssuing").WithSummary("Stop the issue of certificates, or let it go on where it was.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(403);
    }

    private static async Task<IResult> GetAsync(Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.ReadAsync(cancellationToken)).ToHttp(texts, TypedResults.Ok);

    private static async Task<IResult> PutAsync(Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.SetAsync(request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, IssuingControl control, CertificateSweep sweep, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> ReadAsync(CancellationToken cancellationToken)
        {
            if (!caller.Scope.Nation) return Error.Of(ErrorKind.Forbidden, "forbidden");
            var state = await control.ReadAsync(cancellationToken);
            return new Response(
                state.PausedAt is not null, state.PausedAt,
                await db.Set<Certificate>().CountAsync(row => row.Status == CertificateStatus.Earned, cancellationToken),
                await db.Set<Certificate>().CountAsync(row => row.FileHash != null, cancellationToken),
                state.Reached == 0 ? null : await db.Set<Enrollment>().CountAsync(row => row.Id <= state.Reached, cancellationToken),
                await db.Set<Enrollment>().CountAsync(cancellationToken));
        }

        public async Task<Result<Response>> SetAsync(Request request, CancellationToken cancellationToken)
        {
            if (!caller.Scope.Nation) return Error.Of(ErrorKind.Forbidden, "forbidden");
            if (request.Paused is not { } paused) return Faults.Only("paused", "missing");
            await control.SetAsync(paused ? time.GetUtcNow() : null, caller.Name, cancellationToken);
            // What arrived meanwhile was let be; it need not wait for the next round.
            if (!paused) await sweep.AskForDocumentsAsync(TimeSpan.Zero, cancellationToken);
            return await ReadAsync(cancellationToken);
        }
    }
}
