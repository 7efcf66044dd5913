using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Providers;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Families;

namespace Training.App.Modules.Families.Amazigh;

/// <summary>Puts a version into force: the directorate's word that its texts are valid. Every process shows them within a minute.</summary>
internal static class PublishAmazigh
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{version:int}/publish", PostAsync).WithName("PublishAmazigh")
            .WithSummary("Put a version into force; one without texts takes the language away.")
            .Produces<GetAmazigh.Response>().ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PostAsync(int version, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(version, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(IWriteGate gate, IDatabaseProvider provider, GetAmazigh.Handler read, AmazighTexts amazigh, Caller caller, TimeProvider time)
    {
        public async Task<Result<GetAmazigh.Response>> HandleAsync(int number, CancellationToken cancellationToken)
        {
            if (!caller.Scope.Nation) return Error.Of(ErrorKind.Forbidden, "forbidden");
            var published = await gate.WriteAsync(caller.Scope, (write, token) => PublishAsync(write, number, token), cancellationToken);
            if (!published.Succeeded) return published.Error;
            amazigh.Forget();
            return await read.HandleAsync(cancellationToken);
        }

        private async Task<Result<Done>> PublishAsync(WriteSession write, int number, CancellationToken cancellationToken)
        {
            await provider.SerializeAsync(write.Db, "amazigh", cancellationToken);
            var versions = write.Db.Set<AmazighVersion>();
            if (await versions.AsTracking().SingleOrDefaultAsync(row => row.Number == number, cancellationToken) is not { } version)
                return Error.NotFound("amazighNotFound");
            if (version.PublishedAt is not null) return default(Done);
            // Somebody else's version came into force meanwhile: what was looked at is no longer what would change.
            if ((await versions.Where(row => row.PublishedAt != null).MaxAsync(row => (int?)row.Number, cancellationToken) ?? 0) != version.BasedOn)
                return Error.Conflict("amazighChanged");
            version.Publish(caller.Name, time.GetUtcNow());
            await write.Db.SaveChangesAsync(cancellationToken);
            return default(Done);
        }
    }
}
