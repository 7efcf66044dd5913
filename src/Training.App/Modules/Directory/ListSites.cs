using System.Globalization;
using System.Text;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Modules.Directory;

/// <summary>Clubs and youth houses: the directory is public within the programmes, so every adult sees all of it.</summary>
internal static class ListSites
{
    private const int PartSize = 200;

    internal sealed record Request(string? Kind, string? Region, string? Q, string? Cursor);

    internal sealed record Item(
        string Code, string Kind, string NameFr, string NameAr, string City, string Province, string Region, string League, bool IsOpen);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/sites", GetAsync).WithName("ListSites").WithSummary("Clubs and youth houses, by kind, region and text.")
            .WithDescription("kind: club or youthHouse; region: two-digit code; q: part of a code, name or city, without regard to accents.")
            .Produces<ItemList<Item>>().ProducesProblem(400);

    private static async Task<IResult> GetAsync(
        string? kind, string? region, string? q, string? cursor, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(new Request(kind, region, q, cursor), cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(DirectoryCatalog catalog)
    {
        public async Task<Result<ItemList<Item>>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var faults = new Faults();
            var kind = KindOf(request.Kind, faults);
            var region = directory.FindRegion(request.Region);
            if (!string.IsNullOrEmpty(request.Region) && region is null) faults.Add("region", "unknownValue");
            if (!faults.None) return faults.ToError();

            var wanted = Fold(request.Q);
            var found = directory.Sites
                .Where(site => kind is null || site.Kind == kind)
                .Where(site => region is null || site.RegionId == region.Id)
                .Where(site => wanted.Length == 0 || Matches(site, wanted))
                .Where(site => request.Cursor is null || string.CompareOrdinal(site.Code, request.Cursor) > 0)
                .OrderBy(site => site.Code, StringComparer.Ordinal).Take(PartSize + 1).ToList();
            var more = found.Count > PartSize;
            var part = found.Take(PartSize).Select(site => ItemOf(site, directory)).ToList();
            return new ItemList<Item>(part, more ? part[^1].Code : null);
        }

        private static SiteKind? KindOf(string? text, Faults faults)
        {
            switch (text)
            {
                case null or "": return null;
                case "club": return SiteKind.Club;
                case "youthHouse": return SiteKind.YouthHouse;
                default:
                    faults.Add("kind", "unknownValue");
                    return null;
            }
        }

        private static Item ItemOf(Site site, DirectorySnapshot directory) => new(
            site.Code, site.Kind == SiteKind.Club ? "club" : "youthHouse", site.NameFr, site.NameAr, site.City,
            directory.Province(site.ProvinceId).Code, directory.Region(site.RegionId).Code, directory.League(site.LeagueId).Code, site.IsOpen);

        private static bool Matches(Site site, string wanted) =>
            Fold(site.Code).Contains(wanted, StringComparison.Ordinal) || Fold(site.NameFr).Contains(wanted, StringComparison.Ordinal)
            || Fold(site.City).Contains(wanted, StringComparison.Ordinal) || Fold(site.NameAr).Contains(wanted, StringComparison.Ordinal);

        /// <summary>Lower case without accents: a place is typed either way.</summary>
        private static string Fold(string? text)
        {
            var cleaned = PersonText.Clean(text).Normalize(NormalizationForm.FormD);
            var folded = new StringBuilder(cleaned.Length);
            foreach (var c in cleaned)
            {
                if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark) folded.Append(char.ToLowerInvariant(c));
            }
            return folded.ToString();
        }
    }
}
