using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Attendance.Messages;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Providers;
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
        [property: Description("Codes of the edition's modules; may be empty.")] IReadOnlyList<string?>? Modules,
        [property: Description("True: beside another session of the group at the same hour, on purpose.")] bool Alongside = false);

    internal sealed record Response(string Session);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("", PostAsync).WithName("CreateSession").WithSummary("Create a session of a group.")
            .Produces<Response>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PostAsync(Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(request, cancellationToken)).ToHttp(
            texts, response => TypedResults.Created($"/api/sessions/{response.Session}/roster", response));

    internal sealed class Handler(
        ReadDb db, DirectoryCatalog catalog, IWriteGate gate, IDatabaseProvider provider, KeyAllocator keys, Caller caller,
        Idempotency idempotency, TimeProvider time)
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
            if (request.Alongside) session.StandAlongside();
            try
            {
                return await gate.WriteAsync(
                    caller.Scope, (write, token) => idempotency.OnceAsync(write, () => AddAsync(write, session, plan.Value, token), token), cancellationToken);
            }
            catch (Exception raced) when (provider.UniqueViolation(raced) == "Sessions")
            {
                return await gate.WriteAsync<Response>(caller.Scope, async (write, token) => await TakenAsync(write, session, token), cancellationToken);
            }
        }

        private static async Task<Result<Response>> AddAsync(
            WriteSession write, Session session, SessionPlan plan, CancellationToken cancellationToken)
        {
            // A form sent twice on a weak network must not hold the lesson twice.
            if (session.Slot == 0 && await HolderAsync(write, session, cancellationToken) is not null) return await TakenAsync(write, session, cancellationToken);
            write.Rows.Insert(session);
            foreach (var module in plan.Modules) write.Rows.Insert(new SessionModule { SessionId = session.Id, ModuleId = module.Id });
            write.Events.Add(new SessionScheduled(session.Id, session.Version));
            return new Response(OpaqueId.Session(session.Id));
        }

        private static Task<int?> HolderAsync(WriteSession write, Session session, CancellationToken cancellationToken) =>
            write.Db.Set<Session>().Where(row => row.GroupId == session.GroupId && row.Date == session.Date && row.Start == session.Start && row.Slot == 0)
                .Select(row => (int?)row.Id).FirstOrDefaultAsync(cancellationToken);

        private static async Task<Error> TakenAsync(WriteSession write, Session session, CancellationToken cancellationToken) =>
            Error.Conflict("sessionExists", ("session", await HolderAsync(write, session, cancellationToken) is { } id ? OpaqueId.Session(id) : null));
    }
}
