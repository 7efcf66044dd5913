using System.ComponentModel;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Writing;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Modules.Attendance.Tournaments;

/// <summary>Opens a regional tournament at a host club; from now on clubs propose squads.</summary>
internal static class OpenTournament
{
    /// <summary>A squad's usual places: eleven and a bench.</summary>
    public const int UsualSquad = 18;

    /// <summary>The largest tournament so far.</summary>
    public const int UsualCapacity = 800;

    internal sealed record Request(
        [property: Description("Edition code, of the football track.")] string? Edition,
        [property: Description("Site code of the club that hosts it.")] string? Host,
        string? Name,
        [property: Description("First local day, Africa/Casablanca.")] DateOnly? StartsOn,
        [property: Description("Last local day, inclusive; at most eight days.")] DateOnly? EndsOn,
        [property: Description("When a day begins, HH:mm.")] string? Start,
        [property: Description("Length of a day in minutes, as it counts toward completion.")] int? Minutes,
        [property: Description("Categories by birth year, such as U13.")] IReadOnlyList<string?>? Categories,
        [property: Description("Places for players, all squads together; null: 800.")] int? Capacity = null,
        [property: Description("Places in one squad; null: 18.")] int? SquadSize = null,
        [property: Description("Codes of the modules that a day covers.")] IReadOnlyList<string?>? Modules = null,
        [property: Description("True: only clubs of the host's league, instead of its region.")] bool LeagueOnly = false);

    internal sealed record Response(string Tournament);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("", PostAsync).WithName("OpenTournament").RequireAuthorization(Policies.Coordinate).WithSummary("Open a regional tournament.")
            .Produces<Response>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);

    private static async Task<IResult> PostAsync(Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(request, cancellationToken)).ToHttp(
            texts, response => TypedResults.Created($"/api/tournaments/{response.Tournament}", response));

    internal sealed class Handler(
        DirectoryCatalog catalog, IWriteGate gate, KeyAllocator keys, Caller caller, Idempotency idempotency, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            if (idempotency.TryReplay<Response>(out var earlier)) return earlier;
            var directory = await catalog.SnapshotAsync(cancellationToken);
            if (directory.FindEdition(request.Edition) is not { } edition) return Error.NotFound("editionNotFound");
            if (edition.Track != Track.Football) return Faults.Only("edition", "notFootball");
            if (directory.FindSite(request.Host) is not { } host || !caller.Scope.Covers(host.Id, host.RegionId)) return Error.NotFound("siteNotFound");
            if (host is not { Kind: SiteKind.Club, IsOpen: true }) return Faults.Only("host", "hostNotClub");
            var plan = TournamentPlan.Check(
                new TournamentInput(
                    request.Name, request.LeagueOnly, request.StartsOn, request.EndsOn, request.Start, request.Minutes, request.Categories ?? [],
                    request.Capacity ?? UsualCapacity, request.SquadSize ?? UsualSquad, request.Modules ?? []),
                edition, directory.Modules(edition.Id));
            if (!plan.Succeeded) return plan.Error;
            var tournament = plan.Value.Open(await keys.NextAsync<Tournament>(cancellationToken), edition, host, caller.Name, time.GetUtcNow());
            return await gate.WriteAsync(
                caller.Scope, (write, token) => idempotency.OnceAsync(write, () => Task.FromResult(Add(write, tournament, plan.Value)), token), cancellationToken);
        }

        private static Result<Response> Add(WriteSession write, Tournament tournament, TournamentPlan plan)
        {
            write.Rows.Insert(tournament);
            foreach (var module in plan.Modules) write.Rows.Insert(new TournamentModule { TournamentId = tournament.Id, ModuleId = module.Id });
            return new Response(OpaqueId.Tournament(tournament.Id));
        }
    }
}
