using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Registry.Searching;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Registry;

/// <summary>
/// Finds children by code, by a guardian's phone, or by name in either script however it is spelled; never beyond the caller's
/// perimeter. The directorate, who opens a file only with a reason, gets initials.
/// </summary>
internal static class SearchParticipants
{
    /// <summary>Shortest name that is searched for, in characters.</summary>
    public const int NameMin = 2;

    private const int QueryMax = 120;
    private const int PartSize = 50;

    /// <param name="Q">Participant code, official code, guardian's phone, or a name in Latin or Arabic letters; null or blank: everybody.</param>
    /// <param name="Site">Code of a site: only children enrolled there; null for all.</param>
    /// <param name="Region">Code of a region: only children enrolled there; null for all.</param>
    /// <param name="Cursor">Where the last part ended; null for the first.</param>
    internal sealed record Request(string? Q = null, string? Site = null, string? Region = null, string? Cursor = null);

    /// <param name="Items">The children found, by name the closest first.</param>
    /// <param name="Next">Cursor of the next part; null at the end.</param>
    /// <param name="CodeNear">Whom a mistyped code probably means: somebody must look whether it is so. Null when the code was none or nothing is near.</param>
    /// <param name="AreCut">True when more children answer than are listed in all parts: another word narrows the question.</param>
    internal sealed record Response(IReadOnlyList<Item> Items, string? Next, Item? CodeNear = null, bool AreCut = false);

    internal sealed record Item(
        string Participant, string? Name, string? NameAr, DateOnly? BirthDate, Sex Sex, IReadOnlyList<EnrollmentItem> Enrollments);

    internal sealed record EnrollmentItem(string Enrollment, string Edition, string Site, EnrollmentStatus Status);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", GetAsync).WithName("SearchParticipants").WithSummary("Find children by code, phone or name in either script.")
            .WithDescription("Addresses are kept by proxies and browsers, with the names in them: POST /api/participants/search asks the same in a body.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);
        routes.MapPost("/search", PostAsync).WithName("SearchParticipantsPrivately")
            .WithSummary("Find children by code, phone or name, which stay out of the address.")
            .WithDescription("The way that keeps children's names out of the logs of proxies: answers as GET /api/participants and changes nothing.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);
    }

    private static Task<IResult> GetAsync(
        [Description("Participant code, Massar code, FIFA Connect ID, licence number, guardian's phone, or a name in Latin or Arabic letters; left out: everybody.")] string? q,
        string? site, string? region, string? cursor, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        PostAsync(new Request(q, site, region, cursor), handler, texts, cancellationToken);

    private static async Task<IResult> PostAsync(Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(DirectoryCatalog catalog, ReadDb db, NamedChildren named, CodedChildren coded, FormerSearch former, FoundChildren found, MergedElsewhere merged, Caller caller)
    {
        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var (people, refusal) = Within(request, directory);
            if (refusal is not null) return refusal;
            if (!SearchCursor.TryParse(request.Cursor, out var cursor)) return Faults.Only("cursor", "unknownValue");
            var query = PersonText.Clean(request.Q);
            if (query.Length > QueryMax) return Faults.Only("q", "tooLong", ("max", QueryMax));
            if (query.Length == 0) return await ListAsync(people, cursor, cancellationToken);

            var asCode = ParticipantCode.Parse(query, out var code);
            // A name of seven letters reads like a code, so that a digit alone settles it.
            var hasDigit = query.Any(char.IsDigit);
            if (asCode == ParticipantCodeError.None && await coded.ByCodeAsync(people, code, cancellationToken) is { } child)
                return new Response([child], null);
            if (asCode == ParticipantCodeError.None && await OfCodeAsync(code, cancellationToken) is { } other) return other;
            if (hasDigit && await ByNumberAsync(people, query, cursor, cancellationToken) is { Items.Count: > 0 } numbered) return numbered;
            if (asCode == ParticipantCodeError.CheckSymbol && hasDigit)
                return await coded.NearAsync(people, query, cancellationToken) is { } near ? Probably(near) : Faults.Only("q", "codeMistyped");
            // No name has a digit: what looks like a number finds nobody by its letters.
            if (hasDigit) return await coded.NearAsync(people, query, cancellationToken) is { } meantByNumber ? Probably(meantByNumber) : new Response([], null);
            if (query.Length < NameMin) return Faults.Only("q", "tooShort", ("min", NameMin));

            var (children, areCut) = await named.FindAsync(people, query, cancellationToken);
            if (request is { Site: null, Region: null }) children = await former.WithNamedAsync(children, query, cancellationToken);
            if (children.Count == 0 && await coded.NearAsync(people, query, cancellationToken) is { } meant) return Probably(meant);
            return await PartAsync([.. children.Where(cursor.IsBefore).Take(PartSize + 1)], areCut, cancellationToken);
        }

        /// <summary>A code of a child that left the caller's site, or whose file was merged; null when it is neither.</summary>
        private async Task<Result<Response>?> OfCodeAsync(ParticipantCode code, CancellationToken cancellationToken)
        {
            var key = await db.FileOfAsync((int)code.ToKey(), cancellationToken);
            if (await former.FindAsync(key, cancellationToken) is { } left) return new Response(await found.DescribeAsync([left], cancellationToken), null);
            if (await merged.ExplainAsync(key, cancellationToken) is { } elsewhere) return Faults.Only("q", new FieldError(elsewhere.Code, elsewhere.Facts));
            return null;
        }

        /// <summary>The people of the asked site and region, or the refusal.</summary>
        private (IQueryable<Participant> People, Error? Refusal) Within(Request request, DirectorySnapshot directory)
        {
            var people = db.Set<Participant>();
            var enrollments = db.Set<Enrollment>();
            if (!string.IsNullOrEmpty(request.Site))
            {
                if (directory.FindSite(request.Site) is not { } site || !caller.Scope.Covers(site.Id, site.RegionId)) return (people, Error.NotFound("siteNotFound"));
                people = people.Where(row => enrollments.Any(enrollment => enrollment.ParticipantId == row.Id && enrollment.SiteId == site.Id));
            }
            if (!string.IsNullOrEmpty(request.Region))
            {
                if (directory.FindRegion(request.Region) is not { } region) return (people, Error.NotFound("regionNotFound"));
                people = people.Where(row => enrollments.Any(enrollment => enrollment.ParticipantId == row.Id && enrollment.RegionId == region.Id));
            }
            return (people, null);
        }

        /// <summary>By phone or official code; a licence number may read like a phone.</summary>
        private async Task<Response> ByNumberAsync(IQueryable<Participant> people, string query, SearchCursor cursor, CancellationToken cancellationToken)
        {
            if (PhoneNumber.TryParse(query, out var phone)
                && await ListAsync(coded.ByPhone(people, phone), cursor, cancellationToken) is { Items.Count: > 0 } family) return family;
            return await ListAsync(CodedChildren.ByOfficialCode(people, query), cursor, cancellationToken);
        }

        private static Response Probably(Item child) => new([], null, child);

        private async Task<Response> ListAsync(IQueryable<Participant> people, SearchCursor cursor, CancellationToken cancellationToken)
        {
            var after = cursor.Key;
            var part = await people.Where(row => row.Id > after).OrderBy(row => row.Id).Take(PartSize + 1).ToListAsync(cancellationToken);
            return await PartAsync([.. part.Select(child => new NamedChild(child, 0))], areCut: false, cancellationToken);
        }

        /// <summary>As many as a part holds; one more says that another follows.</summary>
        private async Task<Response> PartAsync(NamedChild[] children, bool areCut, CancellationToken cancellationToken)
        {
            var part = children.Length > PartSize ? children[..PartSize] : children;
            var next = children.Length > PartSize ? new SearchCursor(part[^1].Rank, part[^1].Child.Id).ToString() : null;
            return new Response(await found.DescribeAsync([.. part.Select(row => row.Child)], cancellationToken), next, AreCut: areCut);
        }
    }
}
