using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Lifecycle;

/// <summary>Transfers between sites that concern the caller: open ones first, then the latest answered.</summary>
internal static class ListTransfers
{
    private const int Most = 100;

    internal sealed record Request(string? Site);

    /// <param name="Transfer">Its id.</param>
    /// <param name="Enrollment">The enrollment; it moves on acceptance.</param>
    /// <param name="Participant">Participant code.</param>
    /// <param name="Name">
    /// The child's name: both sides must know who is meant, and see no more of the file. The receiving side sees it while it has to
    /// answer and once it has the child, and initials before it is given one that it asked for, or when one offered did not come.
    /// </param>
    /// <param name="NameAr">Arabic name, or initials; null when unknown.</param>
    /// <param name="BirthYear">Birth year.</param>
    /// <param name="FromSite">Giving site.</param>
    /// <param name="ToSite">Receiving site.</param>
    /// <param name="Status">Where it stands.</param>
    /// <param name="Reason">In words; null when nothing was said.</param>
    /// <param name="MayWait">True when the asking side agrees to the waiting list.</param>
    /// <param name="AskedAt">When it was asked.</param>
    /// <param name="DecidedAt">When it was answered; null while open.</param>
    /// <param name="CanAnswer">True when the caller may accept or refuse.</param>
    /// <param name="CanCancel">True when the caller may take it back.</param>
    /// <param name="Version">To be sent with the answer.</param>
    internal sealed record Item(
        string Transfer, string Enrollment, string Participant, string Name, string? NameAr, int BirthYear, string FromSite, string ToSite,
        TransferStatus Status, string? Reason, bool MayWait, DateTimeOffset AskedAt, DateTimeOffset? DecidedAt, bool CanAnswer, bool CanCancel, int Version);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/transfers", GetAsync).WithName("ListTransfers").WithSummary("Transfers that concern the caller's sites, open ones first.")
            .Produces<ItemList<Item>>().ProducesProblem(404);

    private static async Task<IResult> GetAsync(string? site, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(new Request(site), cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, DirectoryCatalog catalog, Caller caller)
    {
        public async Task<Result<ItemList<Item>>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var transfers = db.Set<Transfer>();
            if (request.Site is not null)
            {
                if (directory.FindSite(request.Site) is not { } site || !caller.Scope.Covers(site.Id, site.RegionId)) return Error.NotFound("siteNotFound");
                transfers = transfers.Where(row => row.FromSiteId == site.Id || row.ToSiteId == site.Id);
            }
            var seen = await transfers.OrderBy(row => row.Slot == 0 ? 0 : 1).ThenByDescending(row => row.Id).Take(Most).ToListAsync(cancellationToken);
            // These transfers are within the caller's scope; of the child they show what both sides must know, and no more.
            var ids = seen.Select(row => row.EnrollmentId).Distinct().ToArray();
            var children = await (from enrollment in db.Set<Enrollment>().IgnoreQueryFilters()
                                  join child in db.Set<Participant>() on enrollment.ParticipantId equals child.Id
                                  where ids.Contains(enrollment.Id)
                                  select new { Enrollment = enrollment.Id, child.Id, child.GivenName, child.FamilyName, child.GivenNameAr, child.FamilyNameAr, child.BirthDate })
                .ToDictionaryAsync(row => row.Enrollment, cancellationToken);
            return new ItemList<Item>([.. seen.Select(row =>
            {
                var child = children[row.EnrollmentId];
                var giving = caller.Scope.Covers(row.FromSiteId, row.FromRegionId);
                var receiving = caller.Scope.Covers(row.ToSiteId, row.ToRegionId);
                var open = row.Status == TransferStatus.Asked;
                var named = giving || row.Status == TransferStatus.Accepted || (open && !row.AskedByReceiver);
                Func<string?, string?, string?> show = named ? DisplayName.Join : DisplayName.Initials;
                var arabic = show(child.GivenNameAr, child.FamilyNameAr);
                return new Item(
                    OpaqueId.Transfer(row.Id), OpaqueId.Enrollment(row.EnrollmentId), ParticipantCode.FromKey(child.Id).ToString(),
                    show(child.GivenName, child.FamilyName) ?? arabic ?? "", arabic, child.BirthDate.Year,
                    directory.Site(row.FromSiteId).Code, directory.Site(row.ToSiteId).Code, row.Status, row.Reason, row.MayWait,
                    row.AskedAt, row.DecidedAt,
                    open && (row.AskedByReceiver ? giving : receiving), open && (row.AskedByReceiver ? receiving : giving), row.Version);
            })], null);
        }
    }
}
