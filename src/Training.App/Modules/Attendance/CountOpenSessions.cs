using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Attendance;
using Training.Domain.Common;

namespace Training.App.Modules.Attendance;

/// <summary>Sessions that are past but still open, by site or by region: what is missing from the figures.</summary>
internal static class CountOpenSessions
{
    /// <param name="By">site or region.</param>
    /// <param name="Edition">Edition code; null: every edition.</param>
    /// <param name="Region">Region code; null: every region the caller sees.</param>
    internal sealed record Request(string? By, string? Edition, string? Region);

    /// <summary>The most at fault first.</summary>
    internal sealed record Response(DateOnly Before, int Total, IReadOnlyList<Item> Items, string? Next);

    /// <summary>A site or region with its oldest open session, and how many of the sessions lack a second adult.</summary>
    internal sealed record Item(string Key, string NameFr, string NameAr, string Region, int Sessions, DateOnly Oldest, int WithoutTwoAdults);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/sessions/still-open", GetAsync).WithName("CountOpenSessions").WithTags("Attendance").RequireAuthorization(Policies.Report)
            .WithSummary("Past sessions that are still open, by site or region.").Produces<Response>().ProducesProblem(400).ProducesProblem(404);

    private static async Task<IResult> GetAsync(
        [Description("site or region.")] string? by, string? edition, string? region, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(new Request(by, edition, region), cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, DirectoryCatalog catalog, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            if (request.By is not (null or "site" or "region")) faults.Add("by", "unknownValue");
            if (!faults.None) return faults.ToError();
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var today = time.Today();
            var sessions = db.Set<Session>().Where(row => row.Status == SessionStatus.Open && row.Date < today);
            if (!string.IsNullOrWhiteSpace(request.Edition))
            {
                if (directory.FindEdition(request.Edition) is not { } edition) return Error.NotFound("editionNotFound");
                sessions = sessions.Where(row => row.EditionId == edition.Id);
            }
            if (!string.IsNullOrWhiteSpace(request.Region))
            {
                if (directory.FindRegion(request.Region) is not { } region) return Error.NotFound("regionNotFound");
                sessions = sessions.Where(row => row.RegionId == region.Id);
            }
            var rows = await (from session in sessions
                              group session by session.SiteId into ofSite
                              select new
                              {
                                  Site = ofSite.Key,
                                  Count = ofSite.Count(),
                                  Oldest = ofSite.Min(row => row.Date),
                                  Lacking = ofSite.Count(row => db.Set<SessionAdult>().Count(adult => adult.SessionId == row.Id) < SessionAdult.Needed),
                              }).ToListAsync(cancellationToken);
            var items = request.By == "region"
                ? rows.GroupBy(row => directory.Site(row.Site).RegionId).Select(ofRegion =>
                {
                    var region = directory.Region(ofRegion.Key);
                    return new Item(
                        region.Code, region.NameFr, region.NameAr, region.Code, ofRegion.Sum(row => row.Count), ofRegion.Min(row => row.Oldest), ofRegion.Sum(row => row.Lacking));
                })
                : rows.Select(row =>
                {
                    var site = directory.Site(row.Site);
                    return new Item(site.Code, site.NameFr, site.NameAr, directory.Region(site.RegionId).Code, row.Count, row.Oldest, row.Lacking);
                });
            return new Response(
                today, rows.Sum(row => row.Count),
                [.. items.OrderByDescending(item => item.Sessions).ThenBy(item => item.Oldest).ThenBy(item => item.Key, StringComparer.Ordinal)], Next: null);
        }
    }
}
