using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Security;
using Training.Data.Registry;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Modules.Families;

/// <summary>Gives a child's claim code again for printing; renewed, the earlier paper is worthless.</summary>
internal static class PrintClaimCode
{
    internal sealed record Response(string ClaimCode);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/participants/{code}/claim-code", PostAsync).WithName("PrintClaimCode")
            .WithSummary("The child's claim code, to print it again; with renew=true a new one.")
            .Produces<Response>().ProducesProblem(404);

    private static async Task<IResult> PostAsync(
        string code, [Description("true: the earlier paper stops working.")] bool? renew, Handler handler, Texts texts,
        CancellationToken cancellationToken) =>
        (await handler.HandleAsync(code, renew == true, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(IWriteGate gate, SystemSecrets secrets, ReadingLog readings, Caller caller, Idempotency idempotency)
    {
        public async Task<Result<Response>> HandleAsync(string code, bool renew, CancellationToken cancellationToken)
        {
            if (idempotency.TryReplay<Response>(out var earlier)) return earlier;
            var secret = await secrets.GetAsync(SystemSecrets.ClaimCodes, cancellationToken);
            return await gate.WriteAsync(caller.Scope, (write, token) => idempotency.OnceAsync(
                write, () => PrintAsync(write, code, renew, secret, token), token), cancellationToken);
        }

        private async Task<Result<Response>> PrintAsync(
            WriteSession write, string code, bool renew, byte[] secret, CancellationToken cancellationToken)
        {
            var key = await ParticipantAliases.ResolveAsync(write.Db, code, cancellationToken);
            var child = await write.Db.Set<Participant>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            if (child is null) return Error.NotFound("participantNotFound");
            if (renew)
            {
                child.ClaimIssue++;
                child.ClaimHash = ClaimCode.Derive(secret, child.Id, child.ClaimIssue).LookupHash();
                child.Version++;
                await write.Db.SaveChangesAsync(cancellationToken);
            }
            write.Rows.Insert(readings.Reading(child.Id, renew ? "claim-code-renewed" : "claim-code", ShownParts.ClaimCode));
            return new Response(ClaimCode.Derive(secret, child.Id, child.ClaimIssue).ToString());
        }
    }
}
