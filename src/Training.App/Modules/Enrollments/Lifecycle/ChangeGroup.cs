using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Enrollments;
using Training.Data.Registry;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Lifecycle;

/// <summary>Moves a youth to another group of the same site; attendance so far goes on counting.</summary>
internal static class ChangeGroup
{
    internal sealed record Request(
        string? Group, [property: Description("The version seen; null when the caller keeps none.")] int? Version);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/enrollments/{id}/group", PostAsync).WithName("ChangeGroup").WithSummary("Move to another group of the same site.")
            .Produces<EnrollmentState>().ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PostAsync(string id, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(EnrollmentDesk desk, WaitingList list, DirectoryCatalog catalog, TimeProvider time)
    {
        public async Task<Result<EnrollmentState>> HandleAsync(string id, Request request, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            return await desk.ChangeAsync<EnrollmentState>(
                async (session, token) =>
                {
                    var found = await desk.FindAsync(session, id, request.Version, token);
                    if (!found.Succeeded) return found.Error;
                    var row = found.Value;
                    var key = OpaqueId.ParseGroup(request.Group) ?? 0;
                    var group = await session.Db.Set<Group>().AsNoTracking().SingleOrDefaultAsync(
                        other => other.Id == key && other.SiteId == row.SiteId && other.EditionId == row.EditionId, token);
                    if (group is null) return Error.NotFound("groupNotFound");
                    if (!row.IsLive) return Error.Conflict("enrollmentEnded");
                    if (group.Id == row.GroupId) return Error.Conflict("sameGroup");
                    // Who waits joins the other list at its end; who has a place never loses it for a full group.
                    var before = Standing.Of(row);
                    var waits = row.Status == EnrollmentStatus.Waitlisted;
                    var hasPlace = await WaitingList.IsOpenToNewcomersAsync(session, group.Id, token)
                        && (before.HeldPlace ? SitePlaces.TakeInExchange(session.Sql, group.Id) : SitePlaces.Take(session.Sql, group.Id));
                    if (!hasPlace && !waits) return Error.Conflict("groupFull");
                    row.MoveTo(group, hasPlace, hasPlace && await StandingConsents.CoverAsync(session.Db, row, token), time.GetUtcNow());
                    await session.Db.SaveChangesAsync(token);
                    desk.Note(session, row, before, EnrollmentAct.GroupChanged);
                    if (before.HeldPlace) await list.ReleaseAsync(session, before.GroupId, token);
                    return EnrollmentState.Of(row, directory);
                },
                cancellationToken);
        }
    }
}
