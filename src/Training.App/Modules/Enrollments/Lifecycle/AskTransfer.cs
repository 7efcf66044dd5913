using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Enrollments.Messages;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Providers;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Lifecycle;

/// <summary>Asks that a youth go to another site. The giving side asks by the enrollment, the other side answers.</summary>
internal static class AskTransfer
{
    internal sealed record Request(
        [property: Description("Code of the receiving site.")] string? ToSite,
        [property: Description("Group id; null: the receiving site's first with a place.")] string? ToGroup,
        [property: Description("Why, in words; null when nothing is said.")] string? Reason,
        [property: Description("True when the asking side agrees that the youth waits if the receiving group is full.")] bool? MayWait,
        [property: Description("The version seen; null when the caller keeps none.")] int? Version);

    internal sealed record Response(string Transfer, string Enrollment, string FromSite, string ToSite, TransferStatus Status, int Version);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/enrollments/{id}/transfer", PostAsync).WithName("AskTransfer")
            .WithSummary("Ask that a youth go to another site of the same track; the other side, or a coordinator of both, answers.")
            .Produces<Response>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    private static async Task<IResult> PostAsync(string id, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, request, cancellationToken)).ToHttp(texts, response => TypedResults.Created($"/api/transfers/{response.Transfer}", response));

    internal sealed class Handler(
        EnrollmentDesk desk, KeyAllocator keys, DirectoryCatalog catalog, IDatabaseProvider provider, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string id, Request request, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            if (string.IsNullOrWhiteSpace(request.ToSite)) faults.Add("toSite", "missing");
            var reason = WithdrawalReasons.CheckNote(request.Reason, "reason", faults);
            if (!faults.None) return faults.ToError();
            var directory = await catalog.SnapshotAsync(cancellationToken);
            // Sites are public within the programmes: the receiving one need not be the caller's.
            if (directory.FindSite(request.ToSite) is not { } to) return Error.NotFound("siteNotFound");
            if (!to.IsOpen) return Error.Rule("siteClosed");
            var key = await keys.NextAsync<Transfer>(cancellationToken);
            try
            {
                return await desk.ChangeAsync<Response>((session, token) => AskAsync(session, id, request, reason, to, key, directory, token), cancellationToken);
            }
            catch (Exception raced) when (provider.UniqueViolation(raced) == "Transfers")
            {
                return Error.Conflict("transferOpen");
            }
        }

        private async Task<Result<Response>> AskAsync(
            WriteSession session, string id, Request request, string? reason, Site to, int key, DirectorySnapshot directory, CancellationToken cancellationToken)
        {
            var found = await desk.FindAsync(session, id, request.Version, cancellationToken);
            if (!found.Succeeded) return found.Error;
            var row = found.Value;
            if (!row.IsLive) return Error.Conflict("enrollmentEnded");
            if (row.SiteId == to.Id) return Error.Conflict("sameSite");
            if (to.Kind != directory.Edition(row.EditionId).SiteKind) return Error.Rule("siteOfOtherTrack");
            if (await session.Db.Set<Transfer>().IgnoreQueryFilters().AnyAsync(open => open.EnrollmentId == row.Id && open.Slot == 0, cancellationToken))
                return Error.Conflict("transferOpen");
            int? group = null;
            if (request.ToGroup is not null)
            {
                group = OpaqueId.ParseGroup(request.ToGroup) ?? 0;
                if (!await session.Db.Set<Group>().AnyAsync(other => other.Id == group && other.SiteId == to.Id && other.EditionId == row.EditionId, cancellationToken))
                    return Error.NotFound("groupNotFound");
            }
            var transfer = new Transfer
            {
                Id = key,
                EnrollmentId = row.Id,
                FromSiteId = row.SiteId,
                FromRegionId = row.RegionId,
                ToSiteId = to.Id,
                ToRegionId = to.RegionId,
                ToGroupId = group,
                MayWait = request.MayWait == true,
                Reason = reason,
                AskedByReceiver = false,
                AskedBy = caller.Name,
                AskedAt = time.GetUtcNow(),
            };
            session.Rows.Insert(transfer);
            session.Events.Add(new TransferChanged(key, transfer.FromSiteId, transfer.ToSiteId, transfer.Version));
            return new Response(OpaqueId.Transfer(key), id, directory.Site(row.SiteId).Code, to.Code, transfer.Status, transfer.Version);
        }
    }
}
