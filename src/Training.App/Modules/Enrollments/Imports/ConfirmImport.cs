using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Directory;
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
            .WithDescription("Said again after the list is done, it registers the rows that were decided since. Only the uploader, or someone whose perimeter holds the uploader's, may: else 403 importNotYours.")
            .Produces<Response>(StatusCodes.Status202Accepted).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PostAsync(string id, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, cancellationToken)).ToHttp(texts, response => TypedResults.Accepted($"/api/imports/{response.Id}", response));

    internal sealed class Handler(IWriteGate gate, DirectoryCatalog catalog, Caller caller, ImportSignal signal)
    {
        public async Task<Result<Response>> HandleAsync(string id, CancellationToken cancellationToken)
        {
            if (OpaqueId.ParseImport(id) is not { } key) return Error.NotFound("importNotFound");
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var confirmed = await gate.WriteAsync<Response>(
                caller.Scope,
                async (session, token) =>
                {
                    var import = await session.Db.Set<Import>().AsTracking().SingleOrDefaultAsync(row => row.Id == key, token);
                    if (import is null) return Error.NotFound("importNotFound");
                    if (!ImportReach.Covers(caller, import, directory)) return Error.Of(ErrorKind.Forbidden, "importNotYours");
                    switch (import.Status)
                    {
                        case ImportStatus.Done when await session.Db.Set<ImportDecision>().AnyAsync(row => row.ImportId == key && row.AppliedAt == null, token):
                            // What was decided since the list was done; the rest of it is registered already.
                            (import.DecidedOnly, import.CommittedThrough) = (true, 0);
                            break;
                        case ImportStatus.Committing or ImportStatus.Done:
                            return new Response(OpaqueId.Import(key), import.Status);
                        case ImportStatus.Reading or ImportStatus.NeedsMapping:
                            return Error.Conflict("importNotReady");
                        case ImportStatus.Undone or ImportStatus.Undoing:
                            return Error.Conflict("importUndone");
                        case ImportStatus.Dropped:
                            return Error.Conflict("importDropped");
                        case ImportStatus.Refused:
                            return Error.Conflict("importUnusable");
                    }
                    import.Status = ImportStatus.Committing;
                    (import.ConfirmedBy, import.ConfirmerScope) = (caller.Name, caller.Scope.ToText());
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
