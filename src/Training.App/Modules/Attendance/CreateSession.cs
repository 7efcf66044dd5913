using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Attendance.Messages;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Modules.Attendance;

/// <summary>Puts a session into a group's calendar.</summary>
internal static class CreateSession
{
    internal sealed record Request(
        [property: Description("Group id.")] string? Group,
        SessionKind? Kind,
        [property: Description("Local day, Africa/Casablanca.")] DateOnly? Date,
        [property: Description("Local start, HH:mm.")] string? Start,
        [property: Description("Length in minutes.")] int? Minutes,
        [property: Description("Codes of the edition's modules; may be empty.")] IReadOnlyList<string?>? Modules);

    internal sealed record Response(string Session);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("", PostAsync).WithName("CreateSession").WithSummary("Create a session of a group.")
            .Produces<Response>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(404);

    private static async Task<IResult> PostAsync(Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(request, cancellationToken)).ToHttp(
            texts, response => TypedResults.Created($"/api/sessions/{response.Session}/roster", response));

    internal sealed class Handler(
        ReadDb db, DirectoryCatalog catalog, IWriteGate gate, KeyAllocator keys, Caller caller, Idempotency idempotency,
        TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            if (idempotency.TryReplay<Response>(out var earlier)) return earlier;
            if (string.IsNullOrWhiteSpace(request.Group))
            {
                var faults = new Faults();
                faults.Add("group", "missing");
                return faults.ToError();
            }
            var key = OpaqueId.ParseGroup(request.Group) ?? 0;
            var group = await db.Set<Group>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            if (group is null || !caller.Scope.Covers(group.SiteId, group.RegionId)) return Error.NotFound("groupNotFound");

            var directory = await catalog.SnapshotAsync(cancellationToken);
            var plan = SessionPlan.Check(
                new SessionInput(request.Kind, request.Date, request.Start, request.Minutes, request.Modules ?? []),
                directory.Edition(group.EditionId), directory.Modules(group.EditionId));
            if (!plan.Succeeded) return plan.Error;

            var session = plan.Value.Open(await keys.NextAsync<Session>(cancellationToken), group, time.GetUtcNow());
            return await gate.WriteAsync<Response>(
                caller.Scope,
                (write, token) => idempotency.OnceAsync(write, () =>
                {
                    write.Rows.Insert(session);
                    foreach (var module in plan.Value.Modules)
                        write.Rows.Insert(new SessionModule { SessionId = session.Id, ModuleId = module.Id });
                    write.Events.Add(new SessionScheduled(session.Id, session.Version));
                    return Task.FromResult<Result<Response>>(new Response(OpaqueId.Session(session.Id)));
                }, token),
                cancellationToken);
        }
    }
}
