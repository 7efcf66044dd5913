using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Files;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Spreadsheets;
using Training.Data;
using Training.Data.Providers;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>Takes a club's list in and stores it; reading it is the worker's business.</summary>
internal static class UploadImport
{
    /// <summary>Longest list, in bytes.</summary>
    public const long FileMax = 200L * 1024 * 1024;

    /// <summary>
    /// How much of a request is taken off the wire: so much more than <see cref="FileMax"/> that a sender who does not listen while
    /// sending still hears why the list was refused.
    /// </summary>
    internal const long RequestMax = 3 * FileMax;

    /// <param name="Edition">Edition code.</param>
    /// <param name="Site">Site code; null when the list has a column for it or the caller has one site only.</param>
    /// <param name="FileName">The list's name as the user knows it.</param>
    /// <param name="Content">Its bytes.</param>
    /// <param name="Key">The sender's Idempotency-Key; null when there is none.</param>
    internal sealed record Request(string? Edition, string? Site, string? FileName, Stream Content, string? Key = null);

    /// <param name="Id">Id of the import.</param>
    internal sealed record Response(string Id);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/imports", PostAsync).WithName("UploadImport")
            .WithSummary("Upload a list (multipart, one part named file).")
            .WithDescription("202 with the address of the import, which is read at once; nothing is registered before it is committed. A workbook (.xlsx) or separated text, by its content. With an Idempotency-Key the same file for the same edition and site is taken once; a refused upload reserves nothing.")
            .WithMetadata(new RequestSizeLimitAttribute(RequestMax))
            .AddOpenApiOperationTransformer(DescribeBody)
            .Produces<Response>(StatusCodes.Status202Accepted).ProducesProblem(400).ProducesProblem(404).ProducesProblem(413).ProducesProblem(415).ProducesProblem(422);

    /// <summary>Accept metadata would answer another content type with 404; the reader below says what is missing.</summary>
    private static Task DescribeBody(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var file = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
        var form = new OpenApiSchema { Type = JsonSchemaType.Object, Properties = new Dictionary<string, IOpenApiSchema> { ["file"] = file } };
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType> { ["multipart/form-data"] = new() { Schema = form } },
        };
        return Task.CompletedTask;
    }

    private static async Task<IResult> PostAsync(
        HttpRequest http, [FromQuery] string? edition, [FromQuery] string? site, Handler handler, Texts texts, CancellationToken cancellationToken)
    {
        var part = await FilePartAsync(http, cancellationToken);
        if (!part.Succeeded) return part.Error.ToProblem(texts);
        var (name, content) = part.Value;
        var uploaded = await handler.HandleAsync(new Request(edition, site, name, content, http.Headers[IdempotencyMiddleware.Header]), cancellationToken);
        if (!uploaded.Succeeded)
        {
            await DrainAsync(http.Body, cancellationToken);
            return uploaded.Error.ToProblem(texts, StatusOf(uploaded.Error));
        }
        return TypedResults.Accepted($"/api/imports/{uploaded.Value.Id}", uploaded.Value);
    }

    private static int? StatusOf(Error error) => error.Code switch
    {
        "tooLarge" => StatusCodes.Status413PayloadTooLarge,
        "notSpreadsheet" or "openDocument" or "workbookProtected" or "oldWorkbook" or "pdfList" or "pictureList" => StatusCodes.Status415UnsupportedMediaType,
        _ => null,
    };

    /// <summary>Goes forward to the part that holds the file, without taking the body into memory.</summary>
    private static async Task<Result<(string? Name, Stream Content)>> FilePartAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(http.ContentType, out var type) || type.MediaType != "multipart/form-data"
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary)
            return Error.Of(ErrorKind.Invalid, "fileMissing");
        var reader = new MultipartReader(boundary, http.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 16 * 1024 };
        try
        {
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)) continue;
                if (HeaderUtilities.RemoveQuotes(disposition.Name) != "file" || !disposition.IsFileDisposition()) continue;
                var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar.Value : HeaderUtilities.RemoveQuotes(disposition.FileName).Value;
                return (name, section.Body);
            }
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            return Error.Of(ErrorKind.Invalid, "unreadableRequest");
        }
        return Error.Of(ErrorKind.Invalid, "fileMissing");
    }

    /// <summary>Hears the sender out, so that the refusal is heard too.</summary>
    internal static async Task DrainAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            await body.CopyToAsync(Stream.Null, cancellationToken);
        }
        catch (IOException)
        {
            // Longer than anybody would wait for, or gone: the answer is given anyway.
        }
    }

    internal sealed class Handler(
        TrainingDbContext db, IFileStore files, DirectoryCatalog catalog, IWriteGate gate, KeyAllocator keys, IDatabaseProvider provider, ImportSignal signal, Caller caller,
        Idempotency idempotency, TimeProvider time)
    {
        private const int NameMax = 200;

        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            if (directory.FindEdition(request.Edition) is not { } edition)
                return string.IsNullOrWhiteSpace(request.Edition) ? Missing("edition") : Error.NotFound("editionNotFound");
            if (!edition.TakesEnrollmentsOn(time.Today())) return Error.Rule("editionClosed", ("endsOn", edition.EndsOn));
            var place = Place(request.Site, edition, directory);
            if (!place.Succeeded) return place.Error;
            var stored = await StoreAsync(request.Content, cancellationToken);
            if (!stored.Succeeded) return stored.Error;
            var once = string.Join('\n', "upload", edition.Code, place.Value.SiteId, place.Value.RegionId, stored.Value.Hash);
            if (await idempotency.AskForFileAsync(db, caller.Name, request.Key, once, cancellationToken) is { } misused) return misused;
            if (idempotency.TryReplay<Response>(out var earlier)) return earlier;

            var import = new Import
            {
                Id = await keys.NextAsync<Import>(cancellationToken),
                EditionId = edition.Id,
                SiteId = place.Value.SiteId,
                RegionId = place.Value.RegionId,
                SiteInFile = place.Value.InFile,
                UploaderScope = caller.Scope.ToText(),
                UploadedBy = caller.Name,
                FileName = NameOf(request.FileName),
                FileHash = stored.Value.Hash,
                Language = Languages.Current,
                CreatedAt = time.GetUtcNow(),
            };
            var written = await WriteAsync(import, cancellationToken);
            signal.Wake();
            return written;
        }

        private async Task<Result<Response>> WriteAsync(Import import, CancellationToken cancellationToken)
        {
            try
            {
                return await gate.WriteAsync(caller.Scope, (session, token) => idempotency.OnceAsync<Response>(session, async () =>
                {
                    // The same file may have been forgotten with a dropped list since it was stored: it is sent again.
                    await provider.SerializeAsync(session.Db, DroppedLists.LockOf(import.FileHash), token);
                    if (!files.Has(import.FileHash)) return Error.Conflict("requestInFlight");
                    session.Rows.Insert(import);
                    return new Response(OpaqueId.Import(import.Id));
                }, token), cancellationToken);
            }
            catch (Exception lost) when (provider.UniqueViolation(lost) == "IdempotencyKeys")
            {
                return Error.Conflict("requestInFlight");
            }
        }

        /// <summary>The site or region whose people will see the import; someone with a single site need not name it.</summary>
        private Result<(int? SiteId, int? RegionId, bool InFile)> Place(string? code, Edition edition, DirectorySnapshot directory)
        {
            if (!string.IsNullOrWhiteSpace(code))
            {
                if (directory.FindSite(code) is not { } site || !caller.Scope.Covers(site.Id, site.RegionId)) return Error.NotFound("siteNotFound");
                if (!site.IsOpen) return Error.Rule("siteClosed");
                return site.Kind == edition.SiteKind ? (site.Id, site.RegionId, false) : Error.Rule("siteOfOtherTrack");
            }
            var scope = caller.Scope;
            if (scope.Nation) return (null, null, true);
            if (scope.Sites is [var only] && scope.Regions.Length == 0) return (only, directory.Site(only).RegionId, false);
            // Rows of several sites are no single site's business: only who answers for them all sees them, and the uploader.
            int[] regions = [.. scope.Regions.Concat(scope.Sites.Select(key => directory.Site(key).RegionId)).Distinct()];
            return regions.Length == 0 ? Error.NotFound("siteNotFound") : (null, regions is [var region] ? region : null, true);
        }

        private async Task<Result<StoredFile>> StoreAsync(Stream content, CancellationToken cancellationToken)
        {
            var sample = new byte[FileKind.SampleSize];
            try
            {
                var read = await content.ReadAtLeastAsync(sample, sample.Length, throwOnEndOfStream: false, cancellationToken);
                if (read == 0) return Error.Of(ErrorKind.Invalid, "fileEmpty");
                if (FileKind.FaultOf(sample.AsSpan(0, read)) is { } fault) return Error.Of(ErrorKind.Invalid, fault);
                var stored = await files.SaveAsync(new Prefixed(sample.AsMemory(0, read), content), FileMax, cancellationToken);
                return stored is null ? Error.Of(ErrorKind.Invalid, "tooLarge") : stored;
            }
            catch (Exception cut) when (cut is InvalidDataException or (IOException and not BadHttpRequestException))
            {
                return Error.Of(ErrorKind.Invalid, "unreadableRequest");
            }
        }

        private static Error Missing(string field)
        {
            var faults = new Faults();
            faults.Add(field, "missing");
            return faults.ToError();
        }

        private static string NameOf(string? name)
        {
            var plain = PersonText.Clean(name?.Split('/', '\\')[^1]);
            return plain.Length == 0 ? "list.csv" : plain.Length > NameMax ? plain[..NameMax] : plain;
        }
    }

    /// <summary>What was looked at already, then the rest.</summary>
    private sealed class Prefixed(ReadOnlyMemory<byte> start, Stream rest) : Stream
    {
        private ReadOnlyMemory<byte> start = start;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (start.IsEmpty) return await rest.ReadAsync(buffer, cancellationToken);
            var taken = Math.Min(buffer.Length, start.Length);
            start[..taken].CopyTo(buffer);
            start = start[taken..];
            return taken;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();
    }
}
