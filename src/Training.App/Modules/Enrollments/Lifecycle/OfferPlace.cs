using System.ComponentModel;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Enrollments;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Lifecycle;

/// <summary>
/// A coordinator passes the list's order for one child, with a reason that stays in the history: a free place is offered to it at once;
/// while none is free it stands at the head of the list, and the next one is.
/// </summary>
internal static class OfferPlace
{
    internal sealed record Request(
        [property: Description("Why this youth before the others; kept in the history.")] string? Reason,
        [property: Description("The version seen; null when the caller keeps none.")] int? Version);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/enrollments/{id}/offer", PostAsync).RequireAuthorization(Policies.Coordinate).WithName("OfferPlace")
            .WithSummary("Offer the next free place out of the list's order, with a reason; coordinators only.")
            .WithDescription("A place that is free now is offered at once. While none is free the youth stands at the head of the list (offerExpiresAt stays null) and is offered the next.")
            .Produces<EnrollmentState>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PostAsync(string id, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(EnrollmentDesk desk, WaitingList list, DirectoryCatalog catalog, Caller caller)
    {
        public async Task<Result<EnrollmentState>> HandleAsync(string id, Request request, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            var reason = WithdrawalReasons.CheckNote(request.Reason, "reason", faults);
            if (reason is null) faults.Add("reason", "missing");
            if (!faults.None) return faults.ToError();
            var directory = await catalog.SnapshotAsync(cancellationToken);
            return await desk.ChangeAsync<EnrollmentState>(
                async (session, token) =>
                {
                    var found = await desk.FindAsync(session, id, request.Version, token);
                    if (!found.Succeeded) return found.Error;
                    var row = found.Value;
                    if (!caller.Coordinated.Covers(row.SiteId, row.RegionId)) return Error.NotFound("enrollmentNotFound");
                    if (!row.IsLive || row.Status != EnrollmentStatus.Waitlisted || row.IsOffered) return Error.Conflict("notWaiting");
                    if (SitePlaces.Take(session.Sql, row.GroupId)) list.Offer(session, row, directory.Edition(row.EditionId), EnrollmentAct.OfferedOutOfOrder, reason);
                    else await list.MoveForwardAsync(session, row, reason, token);
                    await session.Db.SaveChangesAsync(token);
                    return EnrollmentState.Of(row, directory);
                },
                cancellationToken);
        }
    }
}
