using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Modules.Certificates.Badges;

/// <summary>Says from which age on an edition gives its certificates as digital credentials; the directorate alone.</summary>
internal static class SetBadgeAge
{
    internal sealed record Request([property: Description("Youngest age in completed years on the day it is asked for, 10 to 18.")] int? AgeMin);

    internal sealed record Response(string Edition, int AgeMin);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/editions/{code}/badge-age", PutAsync).WithName("SetBadgeAge")
            .WithSummary("Set the age from which on certificates are given as digital credentials; the directorate alone.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);

    private static async Task<IResult> PutAsync(string code, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(code, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(DirectoryCatalog catalog, IWriteGate gate, Caller caller)
    {
        public async Task<Result<Response>> HandleAsync(string code, Request request, CancellationToken cancellationToken)
        {
            if (!caller.Scope.Nation) return Error.Of(ErrorKind.Forbidden, "forbidden");
            if (request.AgeMin is not { } age) return Faults.Only("ageMin", "missing");
            if (age is < Edition.BadgeAgeLowest or > Edition.BadgeAgeHighest)
            {
                var faults = new Faults();
                faults.Add("ageMin", "outOfRange", ("min", Edition.BadgeAgeLowest), ("max", Edition.BadgeAgeHighest));
                return faults.ToError();
            }
            if ((await catalog.SnapshotAsync(cancellationToken)).FindEdition(code) is not { } edition) return Error.NotFound("editionNotFound");
            var written = await gate.WriteAsync<Response>(
                caller.Scope,
                async (write, token) =>
                {
                    var row = await write.Db.Set<Edition>().SingleAsync(known => known.Id == edition.Id, token);
                    row.BadgeAgeMin = age;
                    await write.Db.SaveChangesAsync(token);
                    return new Response(row.Code, age);
                },
                cancellationToken);
            catalog.Forget();
            return written;
        }
    }
}
