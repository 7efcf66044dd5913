using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Rights;

namespace Training.App.Modules.Rights;

/// <summary>Grants a request to erase. There is no way back, so the child's code must be typed once more.</summary>
internal static class EraseChild
{
    internal sealed record Request(
        [property: Description("Code of the child's file, typed once more: there is no way back.")] string? Confirm,
        [property: Description("What the family is told; null for nothing.")] string? Answer);

    /// <param name="Id">Id of the request.</param>
    /// <param name="Lists">Uploaded lists that named the child and were removed.</param>
    /// <param name="Documents">Stored documents that were removed.</param>
    /// <param name="Certificates">Certificates that can still be verified by initials and year.</param>
    internal sealed record Response(string Id, int Lists, int Documents, int Certificates);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/requests/{id}/erase", PostAsync).WithName("EraseChild").WithSummary("Grant a request to erase: the child's data go, without a way back.")
            .WithDescription("What stays: the register's line, counts that lead to nobody, and of each issued certificate its number, code, kind, dates, initials and year of birth.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    private static async Task<IResult> PostAsync(string id, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(FileEraser eraser, Platform.ReadDb db, Caller caller)
    {
        public async Task<Result<Response>> HandleAsync(string? id, Request request, CancellationToken cancellationToken)
        {
            var key = OpaqueId.ParseRightsRequest(id) ?? 0;
            var row = await db.Set<RightsRequest>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            if (row is null) return Error.NotFound("requestNotFound");
            if (row.Kind != RightsKind.Erase) return Error.Rule("notToErase");
            if (row.Status != RightsStatus.Open) return Error.Conflict("alreadyAnswered");
            var faults = new Faults();
            var words = OpenRequest.Handler.WordsOf(request.Answer, "answer", faults);
            if (await db.FileOfAsync(request.Confirm, cancellationToken) != row.ParticipantId) faults.Add("confirm", "codeDiffers");
            if (!faults.None) return faults.ToError();
            var erased = await eraser.EraseAsync(row.ParticipantId, caller.Scope, new FileEraser.Grant(row.Id, words), cancellationToken);
            return erased.Map(done => new Response(id!, done.Lists, done.Documents, done.Certificates));
        }
    }
}
