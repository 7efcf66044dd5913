using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Providers;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Families;

namespace Training.App.Modules.Families.Amazigh;

/// <summary>
/// Takes a translated table. It is checked whole, and one that has a fault leaves nothing; a good one waits, to be looked at, until
/// somebody puts it into force.
/// </summary>
internal static class UploadAmazigh
{
    /// <summary>Largest file, in bytes.</summary>
    public const int FileMax = 1024 * 1024;

    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("", PostAsync).WithName("UploadAmazigh")
            .WithSummary("Bring the translated workbook (the body itself, at most 1 MB).")
            .WithDescription("201 with what it would change; nothing is shown to families before it is published. With one faulty row the whole file is refused; the errors are keyed by the row as the workbook shows it, rows[14].")
            .WithMetadata(new RequestSizeLimitAttribute(FileMax)).WithBody("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
            .Produces<GetAmazigh.Preview>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(403).ProducesProblem(413);

    private static async Task<IResult> PostAsync(HttpRequest http, Handler handler, Texts texts, CancellationToken cancellationToken)
    {
        using var file = new MemoryStream();
        await http.Body.CopyToAsync(file, cancellationToken);
        return (await handler.HandleAsync(file.ToArray(), cancellationToken)).ToHttp(texts, preview => TypedResults.Created($"/api/amazigh/{preview.Number}", preview));
    }

    internal sealed class Handler(IWriteGate gate, IDatabaseProvider provider, GetAmazigh.Handler read, Caller caller, TimeProvider time)
    {
        public async Task<Result<GetAmazigh.Preview>> HandleAsync(byte[] file, CancellationToken cancellationToken)
        {
            if (!caller.Scope.Nation) return Error.Of(ErrorKind.Forbidden, "forbidden");
            if (file.Length > FileMax) return Error.Of(ErrorKind.Invalid, "tooLarge");
            var table = TextTable.Read(file);
            if (!table.Succeeded) return table.Error;
            var kept = await gate.WriteAsync(caller.Scope, (write, token) => KeepAsync(write, table.Value, token), cancellationToken);
            return kept.Succeeded ? await read.PreviewAsync(kept.Value, cancellationToken) : kept.Error;
        }

        private async Task<Result<int>> KeepAsync(WriteSession write, Dictionary<string, string> texts, CancellationToken cancellationToken)
        {
            await provider.SerializeAsync(write.Db, "amazigh", cancellationToken);
            var versions = write.Db.Set<AmazighVersion>();
            var newest = await versions.MaxAsync(row => (int?)row.Number, cancellationToken) ?? 0;
            var inForce = await versions.Where(row => row.PublishedAt != null).MaxAsync(row => (int?)row.Number, cancellationToken) ?? 0;
            // What was brought and never put into force is in the way of whoever looks for what was.
            await versions.Where(row => row.PublishedAt == null).ExecuteDeleteAsync(cancellationToken);
            var version = new AmazighVersion
            {
                Number = newest + 1,
                BasedOn = inForce,
                Content = JsonSerializer.Serialize(texts, AsWritten),
                Texts = texts.Count,
                UploadedAt = time.GetUtcNow(),
                UploadedBy = caller.Name,
            };
            write.Db.Add(version);
            await write.Db.SaveChangesAsync(cancellationToken);
            return version.Number;
        }
    }
}
