using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Modules.Enrollments.Lifecycle;

/// <summary>Gives a group more places, or fewer; new places are offered at once to those who wait.</summary>
internal static class ChangeCapacity
{
    internal sealed record Request(
        int? Capacity, [property: Description("The capacity seen; another one meanwhile is a conflict. Null when the caller keeps none.")] int? Seen);

    internal sealed record Response(string Group, int Capacity, int Taken, int Offered);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/groups/{id}/capacity", PostAsync).WithName("ChangeCapacity")
            .WithSummary("Change a group's capacity; new places are offered to those who wait, and it never falls below the places taken.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PostAsync(string id, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(EnrollmentDesk desk, WaitingList list, Caller caller)
    {
        public async Task<Result<Response>> HandleAsync(string id, Request request, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            GroupRules.CheckCapacity(request.Capacity, faults);
            if (!faults.None) return faults.ToError();
            return await desk.ChangeAsync<Response>(
                async (session, token) =>
                {
                    var key = OpaqueId.ParseGroup(id) ?? 0;
                    var group = await session.Db.Set<Group>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == key, token);
                    if (group is null || !caller.Scope.Covers(group.SiteId, group.RegionId)) return Error.NotFound("groupNotFound");
                    await desk.LockSiteAsync(session, group.SiteId, token);
                    var capacity = request.Capacity!.Value;
                    var seen = request.Seen;
                    var changed = await session.Db.Set<Group>()
                        .Where(row => row.Id == key && row.Taken <= capacity && row.Capacity > 0 && (seen == null || row.Capacity == seen))
                        .ExecuteUpdateAsync(set => set.SetProperty(row => row.Capacity, capacity), token);
                    var now = await session.Db.Set<Group>().AsNoTracking().SingleAsync(row => row.Id == key, token);
                    if (changed == 0 && now.Taken > capacity) return Error.Conflict("belowTaken", ("taken", now.Taken), ("capacity", now.Capacity));
                    if (changed == 0) return Error.Conflict("capacityChanged", ("capacity", now.Capacity));
                    var offered = await list.OfferAsync(session, key, token);
                    return new Response(id, capacity, now.Taken + offered, offered);
                },
                cancellationToken);
        }
    }
}
