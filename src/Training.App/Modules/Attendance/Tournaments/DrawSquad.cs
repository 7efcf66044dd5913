using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Modules.Attendance.Tournaments;

/// <summary>
/// Proposes a club's squad in one tap: the youths of its roster who are of the category's age, in the order in which they enrolled, as
/// far as there are places. Nobody is chosen by merit; the coach changes it. What is still missing to play is shown, not hidden.
/// </summary>
internal static class DrawSquad
{
    internal sealed record Request(
        [property: Description("Site code of the club.")] string? Site,
        [property: Description("A category of the tournament, such as U13.")] string? Category);

    /// <param name="Squad">Squad id.</param>
    /// <param name="Players">How many are in it now.</param>
    /// <param name="Left">How many of the same age found no place in it.</param>
    internal sealed record Response(string Squad, int Players, int Left);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{id}/squads", PostAsync).WithName("DrawSquad")
            .WithSummary("Propose a club's squad in a category from its roster; again, it fills the places that are left.")
            .Produces<Response>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    private static async Task<IResult> PostAsync(string id, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, request, cancellationToken)).ToHttp(
            texts, response => TypedResults.Created($"/api/tournaments/{id}/squads/{response.Squad}", response));

    internal sealed class Handler(
        TournamentReach reach, PlayerBook players, SquadBook squads, DirectoryCatalog catalog, IWriteGate gate, KeyAllocator keys, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string id, Request request, CancellationToken cancellationToken)
        {
            if (await reach.FindAsync(id, cancellationToken) is not { } tournament) return Error.NotFound("tournamentNotFound");
            var directory = await catalog.SnapshotAsync(cancellationToken);
            if (directory.FindSite(request.Site) is not { } site || !caller.Scope.Covers(site.Id, site.RegionId)) return Error.NotFound("siteNotFound");
            if (!tournament.Admits(site)) return Error.Rule("siteOutsideTournament");
            var category = AgeCategory.FromCode(request.Category?.Trim());
            if (category is null || !tournament.Categories.Contains(category)) return Faults.Only("category", request.Category is null ? "missing" : "unknownValue");

            var age = tournament.AgeOf(category, directory.Edition(tournament.EditionId));
            var roster = await players.Roster(tournament, site.Id, age.From, age.Until).OrderBy(row => row.EnrolledAt).ThenBy(row => row.Id)
                .Select(row => new Place(row.Id, row.GroupId)).ToListAsync(cancellationToken);
            var key = await keys.NextAsync<Squad>(cancellationToken);
            var days = await keys.ReserveAsync<Session>(Tournament.DaysMax, cancellationToken);
            return await gate.WriteAsync(
                caller.Scope, (write, token) => DrawAsync(write, tournament.Id, site, category, roster, key, days, token), cancellationToken);
        }

        private async Task<Result<Response>> DrawAsync(
            WriteSession write, int tournamentId, Site site, AgeCategory category, List<Place> roster, int key, int days, CancellationToken cancellationToken)
        {
            var held = await squads.HoldAsync(write, tournamentId, site.Id, time.Today(), cancellationToken);
            if (!held.Succeeded) return held.Error;
            var tournament = held.Value;
            var squad = await write.Db.Set<Squad>().AsNoTracking().SingleOrDefaultAsync(
                row => row.TournamentId == tournamentId && row.SiteId == site.Id && row.Category == category.Number, cancellationToken);
            var before = squad is null ? [] : await write.Db.Set<SquadPlayer>().Where(row => row.SquadId == squad.Id).Select(row => row.EnrollmentId).ToListAsync(cancellationToken);
            // The roster was read before the tournament was held: who has come into a squad since is in one.
            var entered = await write.Db.Set<SquadPlayer>().IgnoreQueryFilters().Where(row => row.TournamentId == tournamentId)
                .Select(row => row.EnrollmentId).ToListAsync(cancellationToken);
            var free = roster.Where(place => !entered.Contains(place.Enrollment)).ToArray();
            var drawn = free.Take(Math.Min(tournament.SquadSize - before.Count, tournament.Capacity - entered.Count)).ToArray();
            if (before.Count == 0 && drawn.Length == 0)
                return free.Length > 0 ? Error.Rule("tournamentFull", ("max", tournament.Capacity)) : Error.Rule("nobodyToDraw");
            if (squad is null) write.Rows.Insert(squad = Propose(key, tournament, site, category, drawn));
            var put = await squads.PutAsync(
                write, tournament, squad, [.. before, .. drawn.Select(place => place.Enrollment)], [.. Enumerable.Range(days, Tournament.DaysMax)], cancellationToken);
            return put.Map(_ => new Response(OpaqueId.Squad(squad.Id), before.Count + drawn.Length, free.Length - drawn.Length));
        }

        private Squad Propose(int key, Tournament tournament, Site site, AgeCategory category, Place[] drawn) => new()
        {
            Id = key,
            TournamentId = tournament.Id,
            SiteId = site.Id,
            RegionId = site.RegionId,
            HostSiteId = tournament.HostSiteId,
            Category = category.Number,
            GroupId = drawn.GroupBy(place => place.Group).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).First().Key,
            ProposedBy = caller.Name,
            ProposedAt = time.GetUtcNow(),
        };
    }

    private sealed record Place(int Enrollment, int Group);
}
