using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Configuration;
using Training.App.Platform.Directory;
using Training.App.Platform.Files;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>
/// The rows that were not registered, in the user's own columns with one more that says why: to be corrected and sent again. Read anew
/// from the stored list, so nothing of it is kept twice.
/// </summary>
internal static class RefusedRows
{
    private const string Csv = "text/csv; charset=utf-8";
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>What is to be written, once the response has begun.</summary>
    internal sealed record Response(string FileName, string ContentType, Func<Stream, CancellationToken, Task> WriteAsync);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/imports/{id}/refused", GetAsync).WithName("GetRefusedRows").WithSummary("The refused rows in the user's own columns, with the reason.")
            .WithDescription("format is xlsx or csv; without it, that of the list. In the workbook the offending cells are marked and commented. Sent again it touches these rows alone; the column of reasons is not read.")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> GetAsync(string id, [FromQuery] string? format, Handler handler, Texts texts, CancellationToken cancellationToken)
    {
        if (format is not (null or "" or "csv" or "xlsx")) return Error.Of(ErrorKind.Invalid, "formatNotOffered").ToProblem(texts);
        return (await handler.HandleAsync(id, format, cancellationToken)).ToHttp(
            texts, file => TypedResults.Stream(stream => file.WriteAsync(stream, cancellationToken), file.ContentType, file.FileName));
    }

    internal sealed class Handler(ReadDb db, StagedLists lists, IFileStore files, DirectoryCatalog catalog, AppOptions app, Texts texts)
    {
        public async Task<Result<Response>> HandleAsync(string id, string? format, CancellationToken cancellationToken)
        {
            if (OpaqueId.ParseImport(id) is not { } key) return Error.NotFound("importNotFound");
            var import = await db.Set<Import>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            if (import is null) return Error.NotFound("importNotFound");
            using (var staging = await lists.OpenAsync(import, cancellationToken))
            {
                if (staging is null) return Error.Conflict("importNotReady");
            }
            var isWorkbook = string.IsNullOrEmpty(format) ? IsWorkbook(import) : format == "xlsx";
            return new Response(
                $"{Path.GetFileNameWithoutExtension(import.FileName)}-refused.{(isWorkbook ? "xlsx" : "csv")}", isWorkbook ? Workbook : Csv,
                (stream, token) => WriteAsync(import, isWorkbook, stream, token));
        }

        private bool IsWorkbook(Import import)
        {
            using var sheet = ImportSheet.Open(files, import.FileHash, SheetChoice.Of(import.Choice));
            return sheet.IsWorkbook;
        }

        private async Task WriteAsync(Import import, bool isWorkbook, Stream stream, CancellationToken cancellationToken)
        {
            var decided = await db.Set<ImportDecision>().Where(row => row.ImportId == import.Id).ToDictionaryAsync(row => row.Row, cancellationToken);
            using var staging = await lists.OpenAsync(import, cancellationToken);
            using var sheet = ImportSheet.Open(files, import.FileHash, SheetChoice.Of(import.Choice));
            var list = new RefusedList(sheet, staging, decided, staging is null ? 0 : MostSurplus(import, staging, decided), DateOrder.IsMonthFirst(files, import), texts);
            if (isWorkbook) await RefusedWorkbook.WriteAsync(list, new ProposedValues(import, await catalog.SnapshotAsync(cancellationToken), db, texts), app.StorageRoot, stream, cancellationToken);
            else await RefusedText.WriteAsync(list, stream, cancellationToken);
        }

        /// <summary>The headings come first, so how wide they must be is known only by a look at the rows that are too long.</summary>
        private int MostSurplus(Import import, Staging staging, Dictionary<int, ImportDecision> decided)
        {
            var most = 0;
            using var sheet = ImportSheet.Open(files, import.FileHash, SheetChoice.Of(import.Choice));
            foreach (var fault in staging.Returned(decided).Where(fault => fault.Code == "tooManyCells"))
            {
                while (sheet.Rows.Row < fault.Row && sheet.Rows.Read())
                {
                }
                most = Math.Max(most, RefusedList.SurplusOf(sheet).Count());
            }
            return most;
        }
    }
}
