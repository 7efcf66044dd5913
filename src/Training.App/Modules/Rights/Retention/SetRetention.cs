using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Rights;

namespace Training.App.Modules.Rights.Retention;

/// <summary>Says how long an edition's data are kept: the nation's word.</summary>
internal static class SetRetention
{
    /// <param name="FileMonths">Months after the edition's end, 1 to 120.</param>
    /// <param name="ListDays">Days after a list was last touched, 15 to 365.</param>
    internal sealed record Request(int? FileMonths, int? ListDays);

    internal sealed record Response(string Edition, int FileMonths, int ListDays, DateOnly FilesDueOn);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/retention/{edition}", PutAsync).WithName("SetRetention").WithSummary("Say how long an edition's data are kept.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);

    private static async Task<IResult> PutAsync(string edition, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(edition, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(DirectoryCatalog catalog, IWriteGate gate, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string? code, Request request, CancellationToken cancellationToken)
        {
            if (!caller.Scope.Nation) return Error.Of(ErrorKind.Forbidden, "forbidden");
            if ((await catalog.SnapshotAsync(cancellationToken)).FindEdition(code) is not { } edition) return Error.NotFound("editionNotFound");
            var faults = new Faults();
            RetentionRule.Check(request.FileMonths, request.ListDays, faults);
            if (!faults.None) return faults.ToError();
            var (months, days) = (request.FileMonths!.Value, request.ListDays!.Value);
            return await gate.WriteAsync<Response>(
                caller.Scope,
                async (session, token) =>
                {
                    var rule = await session.Db.Set<RetentionRule>().AsTracking().SingleOrDefaultAsync(row => row.EditionId == edition.Id, token)
                        ?? session.Db.Add(new RetentionRule { EditionId = edition.Id, FileMonths = months, ListDays = days, SetBy = caller.Name, SetAt = time.GetUtcNow() }).Entity;
                    (rule.FileMonths, rule.ListDays, rule.SetBy, rule.SetAt) = (months, days, caller.Name, time.GetUtcNow());
                    await session.Db.SaveChangesAsync(token);
                    return new Response(edition.Code, months, days, RetentionRule.FilesDueOn(edition.EndsOn, months));
                },
                cancellationToken);
        }
    }
}
