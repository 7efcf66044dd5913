using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Providers;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Modules.Directory;

/// <summary>Opens a group at a site in an edition.</summary>
internal static class OpenGroup
{
    internal sealed record Request(string? Site, string? Edition, string? Name, int? Capacity);

    internal sealed record Response(string Group, string Site, string Edition, string Name, int Capacity);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/groups", PostAsync).RequireAuthorization(Policies.Enroll).WithName("OpenGroup")
            .WithSummary("Open a group; its name is unique within site and edition.")
            .Produces<Response>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    private static async Task<IResult> PostAsync(Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(request, cancellationToken)).ToHttp(
            texts, response => TypedResults.Created($"/api/groups?site={response.Site}&edition={response.Edition}", response));

    internal sealed class Handler(
        DirectoryCatalog catalog, IWriteGate gate, KeyAllocator keys, IDatabaseProvider provider, Caller caller,
        Idempotency idempotency, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            if (idempotency.TryReplay<Response>(out var earlier)) return earlier;
            var faults = new Faults();
            if (string.IsNullOrWhiteSpace(request.Site)) faults.Add("site", "missing");
            if (string.IsNullOrWhiteSpace(request.Edition)) faults.Add("edition", "missing");
            var name = GroupRules.Check(request.Name, request.Capacity, faults);
            if (!faults.None) return faults.ToError();

            var directory = await catalog.SnapshotAsync(cancellationToken);
            if (directory.FindEdition(request.Edition) is not { } edition) return Error.NotFound("editionNotFound");
            if (directory.FindSite(request.Site) is not { } site || !caller.Scope.Covers(site.Id, site.RegionId)) return Error.NotFound("siteNotFound");
            if (!site.IsOpen) return Error.Rule("siteClosed");
            if (site.Kind != edition.SiteKind) return Error.Rule("siteOfOtherTrack");
            if (!edition.TakesEnrollmentsOn(time.Today())) return Error.Rule("editionClosed", ("endsOn", edition.EndsOn));

            var group = new Group
            {
                Id = await keys.NextAsync<Group>(cancellationToken),
                SiteId = site.Id,
                RegionId = site.RegionId,
                EditionId = edition.Id,
                Name = name,
                Capacity = request.Capacity!.Value,
            };
            return await WriteAsync(group, new Response(OpaqueId.Group(group.Id), site.Code, edition.Code, name, group.Capacity), cancellationToken);
        }

        private async Task<Result<Response>> WriteAsync(Group group, Response response, CancellationToken cancellationToken)
        {
            try
            {
                return await gate.WriteAsync(caller.Scope, (session, token) => idempotency.OnceAsync(session, () =>
                {
                    session.Rows.Insert(group);
                    return Task.FromResult<Result<Response>>(response);
                }, token), cancellationToken);
            }
            catch (Exception refused) when (provider.UniqueViolation(refused) == "Groups")
            {
                return Error.Conflict("groupNameTaken");
            }
        }
    }
}
