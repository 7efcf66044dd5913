using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Files;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Spreadsheets;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>Which column of a list holds what: shown with examples, and said by a person where the headings do not say it.</summary>
internal static class MapColumns
{
    /// <param name="Sheet">The sheet to read; null for a text, or for the sheet that fits.</param>
    /// <param name="HeaderRow">The row of the headings as the user sees it; 0 when the list has none; null for the row that was found.</param>
    /// <param name="Columns">What each column holds, in the order of the file: the public name of a field, or null for one not to be read.</param>
    internal sealed record Request(string? Sheet, int? HeaderRow, IReadOnlyList<string?>? Columns);

    internal sealed record Response(string Id, ImportStatus Status);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/imports/{id}/mapping", GetAsync).WithName("GetImportMapping").WithSummary("Which column is taken for what, with examples.")
            .WithDescription("sheet and headerRow look at another sheet or another row of headings; nothing is changed. Only for those who may commit the import: else 403 importNotYours.")
            .Produces<ReadMapping.Mapping>().ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        routes.MapPut("/imports/{id}/mapping", PutAsync).WithName("MapImportColumns").WithSummary("Say which column holds what; the list is read again.")
            .WithDescription("Possible while nothing is registered (needsMapping or preview). What is said is remembered for the site: its next list of the same shape is read without asking. 422 columnsMissing names the required columns that are not there.")
            .Produces<Response>(StatusCodes.Status202Accepted).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
    }

    private static async Task<IResult> GetAsync(
        string id, [FromQuery] string? sheet, [FromQuery] int? headerRow, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.ShowAsync(id, sheet, headerRow, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    private static async Task<IResult> PutAsync(string id, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, request, cancellationToken)).ToHttp(texts, response => TypedResults.Accepted($"/api/imports/{response.Id}", response));

    internal sealed class Handler(
        ReadDb db, IWriteGate gate, IFileStore files, ReadMapping mappings, DirectoryCatalog catalog, Caller caller, ImportSignal signal, Texts texts, TimeProvider time)
    {
        private const int HeaderRowMax = 1_000;

        /// <summary>The mapping as it stands or would stand.</summary>
        public async Task<Result<ReadMapping.Mapping>> ShowAsync(string id, string? sheet, int? headerRow, CancellationToken cancellationToken)
        {
            var found = await FindAsync(id, cancellationToken);
            if (!found.Succeeded) return found.Error;
            if (found.Value.Status == ImportStatus.Reading) return Error.Conflict("importNotReady");
            if (headerRow is < 0 or > HeaderRowMax) return Faults.Only("headerRow", "outOfRange");
            return mappings.Read(found.Value, sheet, headerRow) is { } mapping ? mapping : Error.NotFound("sheetNotFound");
        }

        public async Task<Result<Response>> HandleAsync(string id, Request request, CancellationToken cancellationToken)
        {
            var found = await FindAsync(id, cancellationToken);
            if (!found.Succeeded) return found.Error;
            var said = Read(request);
            if (!said.Succeeded) return said.Error;
            var judged = Judge(found.Value, said.Value);
            if (!judged.Succeeded) return judged.Error;
            var written = await gate.WriteAsync(
                caller.Scope, (session, token) => WriteAsync(session, found.Value.Id, judged.Value.Choice, judged.Value.Shape, token), cancellationToken);
            if (written.Succeeded) signal.Wake();
            return written;
        }

        private async Task<Result<Import>> FindAsync(string id, CancellationToken cancellationToken)
        {
            if (OpaqueId.ParseImport(id) is not { } key) return Error.NotFound("importNotFound");
            var import = await db.Set<Import>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            if (import is null) return Error.NotFound("importNotFound");
            if (!ImportReach.Covers(caller, import, await catalog.SnapshotAsync(cancellationToken))) return Error.Of(ErrorKind.Forbidden, "importNotYours");
            return import.HasFile ? import : Error.Conflict("importNotReady");
        }

        private static Result<(string? Sheet, int? HeaderRow, ImportField?[] Columns)> Read(Request request)
        {
            var faults = new Faults();
            if (request.Columns is null or { Count: 0 }) faults.Add("columns", "missing");
            if (request.Columns?.Count > TableRows.CellsMax) faults.Add("columns", "tooManyColumns");
            if (request.HeaderRow is < 0 or > HeaderRowMax) faults.Add("headerRow", "outOfRange");
            if (!faults.None) return faults.ToError();
            var columns = new ImportField?[request.Columns!.Count];
            for (var i = 0; i < columns.Length; i++)
            {
                if (string.IsNullOrEmpty(request.Columns[i])) continue;
                if (FieldOf(request.Columns[i]!) is not { } field) faults.Add($"columns[{i}]", "unknownColumn");
                else if (Array.IndexOf(columns, field) >= 0) faults.Add($"columns[{i}]", "columnTwice");
                else columns[i] = field;
            }
            return faults.None ? (request.Sheet, request.HeaderRow, columns) : faults.ToError();
        }

        /// <summary>Reads the list's head with what was said, before anything is changed.</summary>
        private Result<(SheetChoice Choice, string Shape)> Judge(Import import, (string? Sheet, int? HeaderRow, ImportField?[] Columns) said)
        {
            try
            {
                int headerRow;
                using (var asFound = ImportSheet.Open(files, import.FileHash, null)) headerRow = asFound.HeaderRow;
                var choice = new SheetChoice(said.Sheet, said.HeaderRow ?? headerRow, said.Columns);
                using var sheet = ImportSheet.Open(files, import.FileHash, choice);
                var missing = sheet.Columns.Missing();
                if (missing.Count > 0)
                {
                    return Error.Of(ErrorKind.Rule, "columnsMissing") with { Facts = GetImport.FactsOf(missing.Select(ImportColumns.NameOf), texts) };
                }
                var shape = choice.HeaderRow == 0 ? HeaderMap.ShapeWithoutHeadings(choice.Columns.Count) : sheet.Columns.Shape();
                return (choice with { Sheet = sheet.Sheet }, shape);
            }
            catch (WorkbookException unreadable)
            {
                return unreadable.Code == "sheetNotFound" ? Faults.Only("sheet", "sheetNotFound") : Error.Rule(unreadable.Code);
            }
        }

        private async Task<Result<Response>> WriteAsync(WriteSession session, int key, SheetChoice choice, string shape, CancellationToken cancellationToken)
        {
            var import = await session.Db.Set<Import>().AsTracking().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            if (import is null) return Error.NotFound("importNotFound");
            if (import.Status is not (ImportStatus.NeedsMapping or ImportStatus.Preview)) return Error.Conflict("importNotReady");
            // Other columns make other rows: what was decided about the former ones does not hold.
            await session.Db.Set<ImportDecision>().Where(row => row.ImportId == key).ExecuteDeleteAsync(cancellationToken);
            import.ReadAgain(choice.ToText());
            if (import.SiteId is { } site) await RememberAsync(session, site, shape, choice, cancellationToken);
            await session.Db.SaveChangesAsync(cancellationToken);
            return new Response(OpaqueId.Import(key), import.Status);
        }

        private async Task RememberAsync(WriteSession session, int site, string shape, SheetChoice choice, CancellationToken cancellationToken)
        {
            var layouts = session.Db.Set<ImportLayout>();
            var layout = await layouts.AsTracking().SingleOrDefaultAsync(row => row.SiteId == site && row.Shape == shape, cancellationToken);
            if (layout is null) layouts.Add(new ImportLayout { SiteId = site, Shape = shape, Choice = choice.ToText(), SaidAt = time.GetUtcNow() });
            else (layout.Choice, layout.SaidAt) = (choice.ToText(), time.GetUtcNow());
        }

        private static ImportField? FieldOf(string name) =>
            Enum.GetValues<ImportField>().Where(field => JsonNamingPolicy.CamelCase.ConvertName(field.ToString()) == name).Cast<ImportField?>().FirstOrDefault();
    }
}
