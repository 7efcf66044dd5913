using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Lifecycle;

/// <summary>Who waits at a site, group by group, in the order in which places are offered.</summary>
internal static class ListWaiting
{
    private const int Most = 500;

    internal sealed record Request(string? Site, string? Edition);

    /// <param name="Enrollment">Enrollment id.</param>
    /// <param name="Participant">Participant code.</param>
    /// <param name="Name">Name in Latin letters, in Arabic ones where only those are known.</param>
    /// <param name="NameAr">Arabic name; null when unknown.</param>
    /// <param name="Group">Group id.</param>
    /// <param name="GroupName">The group's name.</param>
    /// <param name="Position">Place on the list, from 1: the group's, or the site's where the site has a limit.</param>
    /// <param name="Waiting">How many are on that list.</param>
    /// <param name="Since">When it was registered.</param>
    /// <param name="OfferExpiresAt">Until when a place is held; null when none is offered.</param>
    /// <param name="OutOfOrder">True when a coordinator offered the place out of the list's order.</param>
    /// <param name="Version">To be sent with the answer.</param>
    internal sealed record Item(
        string Enrollment, string Participant, string Name, string? NameAr, string Group, string GroupName, int Position, int Waiting,
        DateTimeOffset Since, DateTimeOffset? OfferExpiresAt, bool OutOfOrder, int Version);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/waiting-list", GetAsync).WithName("ListWaiting").WithSummary("Who waits at a site in an edition, in the order of the offers.")
            .Produces<ItemList<Item>>().ProducesProblem(404);

    private static async Task<IResult> GetAsync(string? site, string? edition, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(new Request(site, edition), cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, DirectoryCatalog catalog, Caller caller)
    {
        public async Task<Result<ItemList<Item>>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            if (directory.FindSite(request.Site) is not { } site || !caller.Scope.Covers(site.Id, site.RegionId)) return Error.NotFound("siteNotFound");
            if (directory.FindEdition(request.Edition) is not { } edition) return Error.NotFound("editionNotFound");
            var rows = await (from row in WaitingList.Ordered(WaitingList.Waiting(db.Set<Enrollment>())
                                  .Where(row => row.SiteId == site.Id && row.EditionId == edition.Id)).Take(Most)
                              join child in db.Set<Participant>() on row.ParticipantId equals child.Id
                              join place in db.Set<Group>() on row.GroupId equals place.Id
                              select new
                              {
                                  Row = row, place.Name, child.GivenName, child.FamilyName, child.GivenNameAr, child.FamilyNameAr,
                                  Jumped = db.Set<EnrollmentChange>().Any(change => change.EnrollmentId == row.Id
                                      && change.Version == row.Version && (change.Act == EnrollmentAct.OfferedOutOfOrder || change.Act == EnrollmentAct.MovedForward)),
                              }).ToListAsync(cancellationToken);
            var items = new List<Item>(rows.Count);
            // Where the site has a limit, a place that comes free is one of the site: there is one order.
            var oneList = directory.LimitOf(edition.Id, site.Id) is not null;
            foreach (var list in rows.GroupBy(row => oneList ? 0 : row.Row.GroupId).OrderBy(list => list.First().Name, Languages.NameOrder))
            {
                var ordered = list.OrderBy(row => row.Row.QueuedAgainAt ?? row.Row.EnrolledAt).ThenBy(row => row.Row.Id).ToList();
                items.AddRange(ordered.Select((row, index) =>
                {
                    var arabic = DisplayName.Join(row.GivenNameAr, row.FamilyNameAr);
                    return new Item(
                        OpaqueId.Enrollment(row.Row.Id), ParticipantCode.FromKey(row.Row.ParticipantId).ToString(),
                        DisplayName.Join(row.GivenName, row.FamilyName) ?? arabic ?? "", arabic, OpaqueId.Group(row.Row.GroupId), row.Name,
                        index + 1, ordered.Count, row.Row.EnrolledAt, row.Row.OfferExpiresAt, row.Jumped, row.Row.Version);
                }));
            }
            return new ItemList<Item>(items, null);
        }
    }
}
