using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Configuration;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>
/// A person's word that a whole list be taken back: what it enrolled and nobody used since is withdrawn, the rest is kept and listed.
/// </summary>
internal static class UndoImport
{
    internal sealed record Response(string Id, ImportStatus Status);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("/imports/{id}", DeleteAsync).WithName("UndoImport").WithSummary("Take a whole import back.")
            .WithDescription("Within Imports__UndoDays after its end (undoUntil of the import). Enrollments of the list that nobody used since are withdrawn "
                + "(reason importUndone) and give their places back; those with marks, certificates, or a later change stay and are listed as kept. "
                + "Children keep their files without an enrollment; groups that the list opened and that are empty are closed. "
                + "A list that was not registered yet is dropped at once, with its uploaded file unless another import has the same. Said again it changes nothing.")
            .Produces<Response>(StatusCodes.Status202Accepted).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> DeleteAsync(string id, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, cancellationToken)).ToHttp(texts, response => TypedResults.Accepted($"/api/imports/{response.Id}", response));

    /// <summary>Until when an import can be undone; null when it is not done.</summary>
    internal static DateTimeOffset? Until(Import import, AppOptions app) =>
        import is { Status: ImportStatus.Done, DoneAt: { } done } ? done.AddDays(app.ImportUndoDays) : null;

    internal sealed class Handler(IWriteGate gate, DirectoryCatalog catalog, DroppedLists dropped, Caller caller, ImportSignal signal, AppOptions app, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string id, CancellationToken cancellationToken)
        {
            if (OpaqueId.ParseImport(id) is not { } key) return Error.NotFound("importNotFound");
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var hash = "";
            var asked = await gate.WriteAsync<Response>(
                caller.Scope,
                async (session, token) =>
                {
                    var import = await session.Db.Set<Import>().AsTracking().SingleOrDefaultAsync(row => row.Id == key, token);
                    if (import is null) return Error.NotFound("importNotFound");
                    // A region answers for the lists of its sites, whoever sent them.
                    var ofRegion = import.RegionId is { } region && caller.Scope.Regions.Contains(region);
                    if (!ofRegion && !ImportReach.Covers(caller, import, directory)) return Error.Of(ErrorKind.Forbidden, "importNotYours");
                    if (Begin(import) is { } refusal) return refusal;
                    hash = import.FileHash;
                    await session.Db.SaveChangesAsync(token);
                    return new Response(OpaqueId.Import(key), import.Status);
                },
                cancellationToken);
            if (!asked.Succeeded) return asked;
            if (asked.Value.Status == ImportStatus.Dropped) await dropped.ForgetAsync(key, hash, cancellationToken);
            else signal.Wake();
            return asked;
        }

        private Error? Begin(Import import)
        {
            var now = time.GetUtcNow();
            switch (import.Status)
            {
                case ImportStatus.Undone or ImportStatus.Undoing or ImportStatus.Dropped:
                    return null;
                case ImportStatus.Reading or ImportStatus.Committing:
                    return Error.Conflict("importNotReady");
                case ImportStatus.Refused:
                    return Error.Conflict("importUnusable");
                case ImportStatus.Done when Until(import, app) is { } until && until < now:
                    return Error.Conflict("importTooOldToUndo") with { Facts = new Dictionary<string, object?> { ["days"] = app.ImportUndoDays } };
                case ImportStatus.Done:
                    import.Status = ImportStatus.Undoing;
                    break;
                default:
                    // Nothing of it was registered.
                    (import.Status, import.UndoneAt) = (ImportStatus.Dropped, now);
                    break;
            }
            import.UndoneBy = caller.Name;
            import.Version++;
            return null;
        }
    }
}
