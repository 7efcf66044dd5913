using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Modules.Enrollments.Lifecycle;

/// <summary>Limits the places of a site over all its groups, or lifts the limit; places that come free by it are offered at once.</summary>
internal static class LimitSite
{
    internal sealed record Request(
        string? Edition, [property: Description("Places over all groups, from 1; null lifts the limit.")] int? Places);

    /// <param name="Site">Site code.</param>
    /// <param name="Edition">Edition code.</param>
    /// <param name="Places">The limit; null when there is none.</param>
    /// <param name="Taken">Places held after it.</param>
    /// <param name="Offered">Places offered by it to those who wait.</param>
    internal sealed record Response(string Site, string Edition, int? Places, int Taken, int Offered);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/sites/{code}/limit", PutAsync).RequireAuthorization(Policies.Coordinate).WithName("LimitSite")
            .WithSummary("Limit the places of a site in an edition over all its groups; never below the places held.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PutAsync(string code, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(code, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(EnrollmentDesk desk, WaitingList list, DirectoryCatalog catalog, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string code, Request request, CancellationToken cancellationToken)
        {
            if (request.Places is < 1 or > SiteLimit.PlacesMax) return Faults.Only("places", "outOfRange", ("min", 1), ("max", SiteLimit.PlacesMax));
            var directory = await catalog.SnapshotAsync(cancellationToken);
            if (directory.FindSite(code) is not { } site || !caller.Scope.Covers(site.Id, site.RegionId)) return Error.NotFound("siteNotFound");
            if (directory.FindEdition(request.Edition) is not { } edition || edition.SiteKind != site.Kind) return Error.NotFound("editionNotFound");
            var changed = await desk.ChangeAsync((session, token) => ChangeAsync(session, site, edition, request.Places, token), cancellationToken);
            catalog.Forget();
            return changed;
        }

        private async Task<Result<Response>> ChangeAsync(
            WriteSession session, Site site, Edition edition, int? places, CancellationToken cancellationToken)
        {
            await desk.LockSiteAsync(session, site.Id, cancellationToken);
            var groups = session.Db.Set<Group>().AsNoTracking().Where(row => row.SiteId == site.Id && row.EditionId == edition.Id);
            var taken = await groups.SumAsync(row => row.Taken, cancellationToken);
            if (places < taken) return Error.Conflict("siteBelowTaken", ("taken", taken));
            await session.Db.Set<SiteLimit>().Where(row => row.SiteId == site.Id && row.EditionId == edition.Id).ExecuteDeleteAsync(cancellationToken);
            if (places is { } limit)
            {
                session.Rows.Insert(new SiteLimit
                {
                    SiteId = site.Id,
                    EditionId = edition.Id,
                    Places = limit,
                    SetBy = caller.Name,
                    SetAt = time.GetUtcNow(),
                });
            }
            var offered = 0;
            foreach (var group in await groups.Where(row => row.Taken < row.Capacity).OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken))
                offered += await list.OfferAsync(session, group, cancellationToken);
            return new Response(site.Code, edition.Code, places, taken + offered, offered);
        }
    }
}
