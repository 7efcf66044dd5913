using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>The imports that the caller sees, the latest first: a club's own, a region's of all its sites.</summary>
internal static class ListImports
{
    private const int PartSize = 20;

    /// <summary>
    /// An import; <c>site</c> is null for a list of several sites, <c>mine</c> true when the caller uploaded it. <c>registered</c>: rows
    /// registered so far.
    /// </summary>
    internal sealed record Item(
        string Id, string File, ImportStatus Status, double Progress, int Rows, int New, int Refused, GetImport.ImportProblem? Problem, DateTimeOffset CreatedAt,
        string? Site, bool Mine, int PossibleDuplicates, int Registered);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/imports", GetAsync).WithName("ListImports").WithSummary("The imports of the caller's sites, the latest first.")
            .Produces<ItemList<Item>>().ProducesProblem(400);

    private static async Task<IResult> GetAsync(string? cursor, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(cursor, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, DirectoryCatalog catalog, Caller caller, Texts texts)
    {
        public async Task<Result<ItemList<Item>>> HandleAsync(string? cursor, CancellationToken cancellationToken)
        {
            var imports = db.Set<Import>();
            if (!string.IsNullOrEmpty(cursor))
            {
                if (OpaqueId.ParseImport(cursor) is not { } before)
                {
                    var faults = new Faults();
                    faults.Add("cursor", "unknownValue");
                    return faults.ToError();
                }
                imports = imports.Where(row => row.Id < before);
            }
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var rows = await imports.OrderByDescending(row => row.Id).Take(PartSize + 1).ToListAsync(cancellationToken);
            return new ItemList<Item>(
                [.. rows.Take(PartSize).Select(row => new Item(
                    OpaqueId.Import(row.Id), row.FileName, row.Status, Math.Round(row.Progress, 3), row.Rows, row.New, row.Refused,
                    GetImport.ProblemOf(row.Problem, texts), row.CreatedAt, row.SiteId is { } site ? directory.Site(site).Code : null, row.UploadedBy == caller.Name,
                    row.PossibleDuplicates, RegisteredOf(row)))],
                rows.Count > PartSize ? OpaqueId.Import(rows[PartSize - 1].Id) : null);
        }

        private static int RegisteredOf(Import row) => row.Status switch
        {
            ImportStatus.Done => row.New + row.Matched,
            ImportStatus.Committing => row.CommittedThrough,
            _ => 0,
        };
    }
}
