using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>The caller's latest imports.</summary>
internal static class ListImports
{
    private const int Shown = 20;

    internal sealed record Item(
        string Id, string File, ImportStatus Status, double Progress, int Rows, int New, int Refused, GetImport.ImportProblem? Problem, DateTimeOffset CreatedAt);

    internal sealed record Response(IReadOnlyList<Item> Items, string? Next);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/imports", GetAsync).WithName("ListImports").WithSummary("The caller's latest imports.").Produces<Response>();

    private static async Task<IResult> GetAsync(Handler handler, CancellationToken cancellationToken) =>
        TypedResults.Ok(await handler.HandleAsync(cancellationToken));

    internal sealed class Handler(ReadDb db, Caller caller, Texts texts)
    {
        public async Task<Response> HandleAsync(CancellationToken cancellationToken)
        {
            var rows = await db.Set<Import>().Where(row => row.UploadedBy == caller.Name)
                .OrderByDescending(row => row.Id).Take(Shown).ToListAsync(cancellationToken);
            return new Response(
                [.. rows.Select(row => new Item(
                    OpaqueId.Import(row.Id), row.FileName, row.Status, Math.Round(row.Progress, 3), row.Rows, row.New, row.Refused,
                    GetImport.ProblemOf(row.Problem, texts), row.CreatedAt))],
                null);
        }
    }
}
