using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Rights;

namespace Training.App.Modules.Rights;

/// <summary>
/// Writes the answer into the register: carried out, or refused with the reason given to the family. A request to erase is answered by
/// <see cref="EraseChild"/>, or refused here.
/// </summary>
internal static class AnswerRequest
{
    internal sealed record Request(
        [property: Description("True: it was carried out; false: it is refused.")] bool? Granted,
        [property: Description("What the family is told; needed with a refusal.")] string? Answer,
        [property: Description("The version seen; null when the caller keeps none.")] int? Version);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/requests/{id}/answer", PostAsync).WithName("AnswerRightsRequest").WithSummary("Write the answer to a request into the register.")
            .Produces<RequestItem>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    private static async Task<IResult> PostAsync(string id, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(IWriteGate gate, Idempotency idempotency, Caller caller, TimeProvider time)
    {
        public async Task<Result<RequestItem>> HandleAsync(string? id, Request request, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            var words = OpenRequest.Handler.WordsOf(request.Answer, "answer", faults);
            if (request.Granted is null) faults.Add("granted", "missing");
            else if (request.Granted == false && words is null && !faults.Has("answer")) faults.Add("answer", "missing");
            if (!faults.None) return faults.ToError();
            if (idempotency.TryReplay<RequestItem>(out var earlier)) return earlier;
            return await gate.WriteAsync(
                caller.Scope,
                (session, token) => idempotency.OnceAsync(session, () => AnswerAsync(session, id, request, words, token), token),
                cancellationToken);
        }

        private async Task<Result<RequestItem>> AnswerAsync(WriteSession session, string? id, Request request, string? words, CancellationToken cancellationToken)
        {
            var key = OpaqueId.ParseRightsRequest(id) ?? 0;
            var row = await session.Db.Set<RightsRequest>().AsTracking().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            if (row is null) return Error.NotFound("requestNotFound");
            if (request.Version is { } seen && seen != row.Version) return Error.Conflict("changedMeanwhile", ("version", row.Version));
            if (row.Kind == RightsKind.Erase && request.Granted == true) return Error.Rule("eraseToGrant");
            if (!row.Decide(request.Granted == true ? RightsStatus.Done : RightsStatus.Refused, caller.Name, time.GetUtcNow(), words))
                return Error.Conflict("alreadyAnswered");
            await session.Db.SaveChangesAsync(cancellationToken);
            return RequestItem.Of(row, time);
        }
    }
}
