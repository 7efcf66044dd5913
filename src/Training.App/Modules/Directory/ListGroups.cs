using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Modules.Directory;

/// <summary>Groups within the caller's perimeter.</summary>
internal static class ListGroups
{
    private const int PartSize = 200;

    internal sealed record Request(string? Site, string? Edition, string? Cursor = null);

    internal sealed record Item(string Id, string Site, string Edition, string Name, int Capacity, int Taken);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/groups", GetAsync).WithName("ListGroups").WithSummary("Groups of the sites the caller works for, by site and edition.")
            .Produces<ItemList<Item>>().ProducesProblem(400).ProducesProblem(404);

    private static async Task<IResult> GetAsync(
        string? site, string? edition, string? cursor, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(new Request(site, edition, cursor), cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(DirectoryCatalog catalog, ReadDb db, Caller caller)
    {
        public async Task<Result<ItemList<Item>>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var scope = caller.Scope;
            var groups = db.Set<Group>().Where(group => group.Capacity > 0);
            if (!scope.Nation) groups = groups.Where(group => scope.Sites.Contains(group.SiteId) || scope.Regions.Contains(group.RegionId) || scope.Groups.Contains(group.Id));
            if (!string.IsNullOrEmpty(request.Site))
            {
                if (directory.FindSite(request.Site) is not { } site || !scope.Covers(site.Id, site.RegionId)) return Error.NotFound("siteNotFound");
                groups = groups.Where(group => group.SiteId == site.Id);
            }
            if (!string.IsNullOrEmpty(request.Edition))
            {
                if (directory.FindEdition(request.Edition) is not { } edition) return Error.NotFound("editionNotFound");
                groups = groups.Where(group => group.EditionId == edition.Id);
            }
            if (request.Cursor is not null)
            {
                if (OpaqueId.ParseGroup(request.Cursor) is not { } after)
                {
                    var faults = new Faults();
                    faults.Add("cursor", "unknownValue");
                    return faults.ToError();
                }
                groups = groups.Where(group => group.Id > after);
            }
            var found = await groups.OrderBy(group => group.Id).Take(PartSize + 1).ToListAsync(cancellationToken);
            var items = found.Take(PartSize).Select(group => new Item(
                OpaqueId.Group(group.Id), directory.Site(group.SiteId).Code, directory.Edition(group.EditionId).Code,
                group.Name, group.Capacity, group.Taken)).ToList();
            return new ItemList<Item>(items, found.Count > PartSize ? items[^1].Id : null);
        }
    }
}
