using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Families;

namespace Training.App.Modules.Families.Amazigh;

/// <summary>The versions of the texts in Amazigh, what one of them changes, and the table to translate: the directorate's.</summary>
internal static class GetAmazigh
{
    /// <summary>Most versions that are listed.</summary>
    private const int VersionsMax = 50;

    private const string WorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <param name="InForce">Number of the version that families read; 0: none, and the language is not offered.</param>
    /// <param name="Texts">How many texts it has.</param>
    /// <param name="Of">How many there could be; Arabic stands in for the others.</param>
    /// <param name="Items">The newest first.</param>
    /// <param name="Next">Always null: older versions are not listed.</param>
    internal sealed record Response(int InForce, int Texts, int Of, IReadOnlyList<Item> Items, string? Next);

    /// <param name="Number">Its number.</param>
    /// <param name="Texts">How many texts it has.</param>
    /// <param name="UploadedAt">When it was brought.</param>
    /// <param name="UploadedBy">By whom: a stable name.</param>
    /// <param name="PublishedAt">When it came into force; null while somebody looks at it.</param>
    /// <param name="PublishedBy">Who put it into force.</param>
    internal sealed record Item(int Number, int Texts, DateTimeOffset UploadedAt, string UploadedBy, DateTimeOffset? PublishedAt, string? PublishedBy);

    /// <param name="Number">The version's number.</param>
    /// <param name="Texts">How many texts it has.</param>
    /// <param name="Of">How many there could be.</param>
    /// <param name="Published">True once it is or was in force.</param>
    /// <param name="Changes">What is other than in the version before it.</param>
    internal sealed record Preview(int Number, int Texts, int Of, bool Published, IReadOnlyList<Change> Changes);

    /// <param name="Key">The text's key.</param>
    /// <param name="Place">Where it stands.</param>
    /// <param name="Arabic">The Arabic text.</param>
    /// <param name="Before">The text so far; null when there was none.</param>
    /// <param name="After">The new one; null when there is none any more, and Arabic stands in.</param>
    /// <param name="Parts">How many messages it takes when it is sent by SMS; null for a page's text.</param>
    /// <param name="ArabicParts">How many the Arabic one takes.</param>
    internal sealed record Change(string Key, string Place, string Arabic, string? Before, string? After, int? Parts, int? ArabicParts);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("", GetAsync).WithName("GetAmazigh").WithSummary("Versions of the texts for families in Amazigh, newest first.")
            .Produces<Response>().ProducesProblem(403);
        routes.MapGet("/workbook", GetWorkbookAsync).WithName("GetAmazighWorkbook")
            .WithSummary("The texts for families as a workbook to translate: key, where it stands, Arabic, French, Amazigh.")
            .Produces<byte[]>(contentType: WorkbookType).ProducesProblem(403).ProducesProblem(404);
        routes.MapGet("/{version:int}", GetPreviewAsync).WithName("GetAmazighVersion").WithSummary("What a version changes, text by text, and what its messages cost.")
            .Produces<Preview>().ProducesProblem(403).ProducesProblem(404);
    }

    private static async Task<IResult> GetAsync(Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(cancellationToken)).ToHttp(texts, TypedResults.Ok);

    private static async Task<IResult> GetWorkbookAsync(
        [Description("A version's number; 0: a table without any Amazigh text; left out: the one in force.")] int? version, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.WorkbookAsync(version, cancellationToken)).ToHttp(texts, file => TypedResults.File(file, WorkbookType, "amazigh.xlsx"));

    private static async Task<IResult> GetPreviewAsync(int version, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.PreviewAsync(version, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, Caller caller, Texts texts)
    {
        public async Task<Result<Response>> HandleAsync(CancellationToken cancellationToken)
        {
            if (!caller.Scope.Nation) return Error.Of(ErrorKind.Forbidden, "forbidden");
            var rows = await db.Set<AmazighVersion>().OrderByDescending(row => row.Number).Take(VersionsMax)
                .Select(row => new Item(row.Number, row.Texts, row.UploadedAt, row.UploadedBy, row.PublishedAt, row.PublishedBy)).ToListAsync(cancellationToken);
            var newest = rows.Find(row => row.PublishedAt is not null);
            return new Response(newest?.Number ?? 0, newest?.Texts ?? 0, Texts.ForFamilies.Count, rows, null);
        }

        public async Task<Result<byte[]>> WorkbookAsync(int? number, CancellationToken cancellationToken)
        {
            if (!caller.Scope.Nation) return Error.Of(ErrorKind.Forbidden, "forbidden");
            var version = await db.Set<AmazighVersion>().Where(row => number == null ? row.PublishedAt != null : row.Number == number)
                .OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancellationToken);
            return version is null && number is not (null or 0) ? Error.NotFound("amazighNotFound") : TextTable.Write(TextTable.TextsOf(version), texts);
        }

        public async Task<Result<Preview>> PreviewAsync(int number, CancellationToken cancellationToken)
        {
            if (!caller.Scope.Nation) return Error.Of(ErrorKind.Forbidden, "forbidden");
            if (await db.Set<AmazighVersion>().SingleOrDefaultAsync(row => row.Number == number, cancellationToken) is not { } version)
                return Error.NotFound("amazighNotFound");
            var former = await db.Set<AmazighVersion>().SingleOrDefaultAsync(row => row.Number == version.BasedOn, cancellationToken);
            var (before, after) = (TextTable.TextsOf(former), TextTable.TextsOf(version));
            return new Preview(
                version.Number, version.Texts, Texts.ForFamilies.Count, version.PublishedAt is not null,
                [.. from text in Texts.ForFamilies
                    let was = before.GetValueOrDefault(text.Key)
                    let now = after.GetValueOrDefault(text.Key)
                    where was != now
                    select Describe(text.Key, text.Part, was, now)]);
        }

        private Change Describe(string key, FamilyPart part, string? before, string? after)
        {
            var arabic = Texts.Said(key, Languages.Arabic)!;
            return new Change(
                key, texts[$"families.amazigh.place.{part.Place}"], arabic, before, after,
                part.Sms is { } sms && after is not null ? AmazighText.PartsOf(after, sms) : null, part.Sms is { } first ? AmazighText.PartsOf(arabic, first) : null);
        }
    }
}
