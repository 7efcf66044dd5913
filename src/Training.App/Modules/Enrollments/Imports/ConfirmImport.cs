using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>A person's word that the good rows of a preview be registered. Said again it changes nothing.</summary>
internal static class ConfirmImport
{
    internal sealed record Response(string Id, ImportStatus Status);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/imports/{id}/commit", PostAsync).WithName("CommitImport").WithSummary("Register the good rows.")
            .Produces<Response>(StatusCodes.Status202Accepted).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PostAsync(string id, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, cancellationToken)).ToHttp(texts, response => TypedResults.Accepted($"/api/imports/{response.Id}", response));

    internal sealed class Handler(IWriteGate gate, Caller caller, ImportSignal signal)
    {
        public async Task<Result<Response>> HandleAsync(string id, CancellationToken cancellationToken)
        {
            if (OpaqueId.ParseImport(id) is not { } key) return Error.NotFound("importNotFound");
            var confirmed = await gate.WriteAsync<Response>(
                caller.Scope,
                async (session, token) =>
                {
                    var import = await session.Db.Set<Import>().AsTracking().SingleOrDefaultAsync(row => row.Id == key, token);
                    if (import is null) return Error.NotFound("importNotFound");
                    switch (import.Status)
                    {
                        case ImportStatus.Committing or ImportStatus.Done:
                            return new Response(OpaqueId.Import(key), import.Status);
                        case ImportStatus.Reading or ImportStatus.NeedsMapping:
                            return Error.Conflict("importNotReady");
                        case ImportStatus.Refused or ImportStatus.Undone:
                            return Error.Conflict("importUnusable");
                    }
                    import.Status = ImportStatus.Committing;
                    import.Version++;
                    await session.Db.SaveChangesAsync(token);
                    return new Response(OpaqueId.Import(key), import.Status);
                },
                cancellationToken);
            if (confirmed.Succeeded) signal.Wake();
            return confirmed;
        }
    }
}
