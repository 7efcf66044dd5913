using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Attendance;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Common;

namespace Training.App.Modules.Attendance.Tournaments;

/// <summary>A tournament with the squads the caller sees, and who of them is cleared to play and was there.</summary>
internal static class GetTournament
{
    /// <param name="Code">Such as U13.</param>
    /// <param name="BornFrom">First birth date that plays without asking.</param>
    /// <param name="BornUntil">Last birth date that plays without asking.</param>
    internal sealed record Category(string Code, DateOnly BornFrom, DateOnly BornUntil);

    internal sealed record SquadLine(string Squad, string Site, string Category, int Players, int Cleared, IReadOnlyList<DayLine> Days);

    /// <param name="Date">Local day.</param>
    /// <param name="Session">Session id.</param>
    /// <param name="Status">Where it stands.</param>
    /// <param name="Marked">Players with a mark.</param>
    /// <param name="Present">Players present or late.</param>
    internal sealed record DayLine(DateOnly Date, string Session, SessionStatus Status, int Marked, int Present);

    /// <summary>
    /// The tournament. League: only its clubs enter; null: the whole region's. Clubs: those whose squads
    /// the caller may still propose. CancelReason: why it was called off; null while it was not.
    /// </summary>
    internal sealed record Response(
        string Tournament, string Name, string Edition, string Host, string Region, string? League, DateOnly StartsOn, DateOnly EndsOn, string Start, int Minutes,
        TournamentStatus Status, IReadOnlyList<Category> Categories, int Capacity, int SquadSize, int Players, IReadOnlyList<SquadLine> Squads,
        IReadOnlyList<string> Clubs, string? CancelReason);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/{id}", GetAsync).WithName("GetTournament").WithSummary("A tournament and its squads, as far as the caller sees them.")
            .Produces<Response>().ProducesProblem(404);

    private static async Task<IResult> GetAsync(string id, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(TournamentReach reach, PlayerBook players, ReadDb db, DirectoryCatalog catalog, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string id, CancellationToken cancellationToken)
        {
            if (await reach.FindAsync(id, cancellationToken) is not { } found) return Error.NotFound("tournamentNotFound");
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var edition = directory.Edition(found.EditionId);
            var squads = await db.Set<Squad>().Where(row => row.TournamentId == found.Id).ToListAsync(cancellationToken);
            var inSquads = await players.OfSquadsAsync(found, squads, cancellationToken);
            var days = await DaysAsync(squads, cancellationToken);
            var all = await db.Set<SquadPlayer>().IgnoreQueryFilters().CountAsync(row => row.TournamentId == found.Id, cancellationToken);
            return new Response(
                OpaqueId.Tournament(found.Id), found.Name, edition.Code, directory.Site(found.HostSiteId).Code, directory.Region(found.RegionId).Code,
                found.LeagueId is { } league ? directory.League(league).Code : null, found.StartsOn, found.EndsOn,
                found.DayStart.ToString("HH:mm", CultureInfo.InvariantCulture), found.DayMinutes, found.Status,
                [.. found.Categories.Select(category => (category.Code, Age: found.AgeOf(category, edition))).Select(row => new Category(row.Code, row.Age.From, row.Age.Until))],
                found.Capacity, found.SquadSize, all,
                [.. squads.Where(squad => inSquads[squad.Id].Any()).OrderBy(squad => squad.Category).ThenBy(squad => directory.Site(squad.SiteId).Code, StringComparer.Ordinal)
                    .Select(squad => new SquadLine(
                        OpaqueId.Squad(squad.Id), directory.Site(squad.SiteId).Code, string.Create(CultureInfo.InvariantCulture, $"U{squad.Category}"),
                        inSquads[squad.Id].Count(), inSquads[squad.Id].Count(player => player.Cleared), [.. days[squad.Id]]))],
                Clubs(found, directory), found.CancelReason);
        }

        private string[] Clubs(Tournament tournament, DirectorySnapshot directory) =>
        [
            .. directory.Sites.Where(site => site.IsOpen && tournament.Admits(site) && caller.Scope.Covers(site.Id, site.RegionId)
                && tournament.RefuseChange(time.Today(), DecideHeldMark.Coordinates(caller, site.Id, site.RegionId, tournament.HostSiteId)) is null).Select(site => site.Code),
        ];

        private async Task<ILookup<int, DayLine>> DaysAsync(List<Squad> squads, CancellationToken cancellationToken)
        {
            var keys = squads.Select(squad => squad.Id).ToArray();
            var sessions = await db.Set<Session>().Where(row => keys.Contains(row.SquadId ?? 0) && row.Status != SessionStatus.Cancelled)
                .Select(row => new
                {
                    Session = row,
                    Marked = db.Set<AttendanceMark>().Count(mark => mark.SessionId == row.Id),
                    Present = db.Set<AttendanceMark>().Count(mark => mark.SessionId == row.Id
                        && (mark.Status == AttendanceStatus.Present || mark.Status == AttendanceStatus.Late)),
                }).ToListAsync(cancellationToken);
            return sessions.OrderBy(row => row.Session.Date).ToLookup(
                row => row.Session.SquadId!.Value,
                row => new DayLine(row.Session.Date, OpaqueId.Session(row.Session.Id), row.Session.Status, row.Marked, row.Present));
        }
    }
}
