using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Configuration;
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
    private static readonly SearchValues<char> PhoneCharacters = SearchValues.Create("0123456789 .()");

    /// <summary>What is to be written, once the response has begun.</summary>
    internal sealed record Response(string FileName, Func<Stream, CancellationToken, Task> WriteAsync);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/imports/{id}/refused", GetAsync).WithName("GetRefusedRows").WithSummary("The refused rows in the user's own columns, with the reason.")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> GetAsync(string id, [FromQuery] string? format, Handler handler, Texts texts, CancellationToken cancellationToken)
    {
        if (format is not (null or "" or "csv")) return Error.Of(ErrorKind.Invalid, "formatNotOffered").ToProblem(texts);
        return (await handler.HandleAsync(id, cancellationToken)).ToHttp(
            texts, file => TypedResults.Stream(stream => file.WriteAsync(stream, cancellationToken), "text/csv; charset=utf-8", file.FileName));
    }

    internal sealed class Handler(ReadDb db, IFileStore files, AppOptions app, Texts texts)
    {
        public async Task<Result<Response>> HandleAsync(string id, CancellationToken cancellationToken)
        {
            if (OpaqueId.ParseImport(id) is not { } key) return Error.NotFound("importNotFound");
            var import = await db.Set<Import>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            if (import is null) return Error.NotFound("importNotFound");
            if (!File.Exists(ReadImport.StagingPath(app, key))) return Error.Conflict("importNotReady");
            return new Response($"{Path.GetFileNameWithoutExtension(import.FileName)}-refused.csv", (stream, token) => WriteAsync(import, stream, token));
        }

        private async Task WriteAsync(Import import, Stream stream, CancellationToken cancellationToken)
        {
            var decided = await db.Set<ImportDecision>().Where(row => row.ImportId == import.Id).Select(row => row.Row).ToHashSetAsync(cancellationToken);
            using var staging = Staging.OpenExisting(ReadImport.StagingPath(app, import.Id));
            using var sheet = ImportSheet.Open(files, import.FileHash, SheetChoice.Of(import.Choice));
            await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
            var columns = sheet.Columns.Headings.Count;
            var line = new StringBuilder();
            foreach (var heading in sheet.Columns.Headings) Cell(line, heading, sheet.Delimiter);
            Cell(line, texts["imports.reason"], sheet.Delimiter);
            await EndAsync(writer, line, cancellationToken);

            foreach (var row in staging?.Faults().GroupAdjacent() ?? [])
            {
                if (decided.Contains(row.Key)) continue;
                while (sheet.Rows.Row < row.Key && sheet.Rows.Read())
                {
                }
                for (var i = 0; i < columns; i++) Cell(line, sheet.Rows.Cell(i), sheet.Delimiter);
                Cell(line, string.Join(" ", row.Value.Select(fault => Reason(sheet.Columns, fault))), sheet.Delimiter);
                await EndAsync(writer, line, cancellationToken);
            }
        }

        private string Reason(HeaderMap columns, StagedFault fault)
        {
            var message = texts.Error(fault.Code, fault.Facts);
            return GetImport.ColumnOf(columns, fault.Field) is { } column ? $"{column}: {message}" : message;
        }

        private static async Task EndAsync(StreamWriter writer, StringBuilder line, CancellationToken cancellationToken)
        {
            line.Length--;
            line.Append("\r\n");
            await writer.WriteAsync(line, cancellationToken);
            line.Clear();
        }
    }

    /// <summary>Writes a cell that no spreadsheet takes for a formula; a phone number in international form is none.</summary>
    internal static void Cell(StringBuilder line, ReadOnlySpan<char> text, char delimiter)
    {
        var formula = text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] && !(text[0] == '+' && text[1..].IndexOfAnyExcept(PhoneCharacters) < 0);
        var quoted = text.IndexOfAny("\"\r\n") >= 0 || text.Contains(delimiter);
        if (quoted) line.Append('"');
        if (formula) line.Append('\'');
        if (quoted) line.Append(text).Replace("\"", "\"\"", line.Length - text.Length, text.Length).Append('"');
        else line.Append(text);
        line.Append(delimiter);
    }

    private static IEnumerable<KeyValuePair<int, List<StagedFault>>> GroupAdjacent(this IEnumerable<StagedFault> faults)
    {
        List<StagedFault> current = [];
        foreach (var fault in faults)
        {
            if (current.Count > 0 && current[0].Row != fault.Row)
            {
                yield return new(current[0].Row, current);
                current = [];
            }
            current.Add(fault);
        }
        if (current.Count > 0) yield return new(current[0].Row, current);
    }
}
