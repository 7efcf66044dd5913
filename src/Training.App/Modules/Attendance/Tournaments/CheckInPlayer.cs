using System.ComponentModel;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Attendance;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Attendance.Tournaments;

/// <summary>
/// Checks a player in at the door by the code on the card: one door finds the right squad. That the child is there is a fact and is
/// always marked; whether it may play is said beside it.
/// </summary>
internal static class CheckInPlayer
{
    internal sealed record Request(
        [property: Description("Participant code as typed or scanned.")] string? Code,
        [property: Description("Local day; null: today.")] DateOnly? Date = null,
        [property: Description("present, late, excused or absent; null: present.")] string? Status = null,
        [property: Description("Uuid given by the client; null: a new one.")] string? MarkId = null,
        [property: Description("When, ISO 8601; null: now.")] string? CapturedAt = null,
        [property: Description("The session's version the client last saw; null: none, so that any other mark is a conflict.")] int? BaseVersion = null);

    /// <summary>What was recorded, of whom, and how many of the squad are there now.</summary>
    internal sealed record Response(
        string Squad, string Site, string Category, string Session, Player Player, RecordAttendance.Response Attendance, int Present, int Players);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{id}/check-in", PostAsync).WithName("CheckInPlayer").WithSummary("Mark a player by the participant code, and say whether it is cleared to play.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);

    private static async Task<IResult> PostAsync(string id, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(
        TournamentReach reach, PlayerBook players, RecordAttendance.Handler record, ReadDb db, DirectoryCatalog catalog, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string id, Request request, CancellationToken cancellationToken)
        {
            if (string.IsNullOrWhiteSpace(request.Code)) return Faults.Only("code", "missing");
            var known = ParticipantCode.Parse(request.Code, out var code);
            if (known != ParticipantCodeError.None) return Faults.Only("code", known == ParticipantCodeError.CheckSymbol ? "codeMistyped" : "codeMalformed");
            if (await reach.FindAsync(id, cancellationToken) is not { } tournament) return Error.NotFound("tournamentNotFound");

            // Nothing is said of a child who plays elsewhere, nor whether there is one.
            if (await FindAsync(tournament, code, cancellationToken) is not var (squad, enrollment)) return Error.Rule("codeNotInTournament");
            var day = request.Date ?? time.Today();
            var session = await db.Set<Session>().Where(row => row.SquadId == squad.Id && row.Date == day && row.Status != SessionStatus.Cancelled)
                .Select(row => (int?)row.Id).FirstOrDefaultAsync(cancellationToken);
            if (session is null) return Error.Rule("notTournamentDay", ("from", tournament.StartsOn), ("until", tournament.EndsOn));

            var mark = new RecordAttendance.Mark
            {
                MarkId = request.MarkId ?? Guid.NewGuid().ToString("D"),
                Enrollment = OpaqueId.Enrollment(enrollment),
                Status = request.Status ?? "present",
                CapturedAt = request.CapturedAt ?? time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
                BaseVersion = request.BaseVersion ?? 0,
            };
            var recorded = await record.HandleAsync(OpaqueId.Session(session.Value), new RecordAttendance.Request([mark]), cancellationToken);
            if (!recorded.Succeeded) return recorded.Error;
            var team = (await players.OfSquadsAsync(tournament, [squad], cancellationToken))[squad.Id].ToArray();
            var present = await db.Set<AttendanceMark>().CountAsync(
                row => row.SessionId == session && (row.Status == AttendanceStatus.Present || row.Status == AttendanceStatus.Late), cancellationToken);
            var site = (await catalog.SnapshotAsync(cancellationToken)).Site(squad.SiteId).Code;
            return new Response(
                OpaqueId.Squad(squad.Id), site, string.Create(CultureInfo.InvariantCulture, $"U{squad.Category}"), OpaqueId.Session(session.Value),
                team.First(row => row.Enrollment == mark.Enrollment), recorded.Value, present, team.Length);
        }

        /// <summary>The squad, among those the caller sees, in which the child with that code plays.</summary>
        private async Task<(Squad Squad, int Enrollment)?> FindAsync(Tournament tournament, ParticipantCode code, CancellationToken cancellationToken)
        {
            var file = await db.FileOfAsync((int)code.ToKey(), cancellationToken);
            var places = await db.Set<Enrollment>().IgnoreQueryFilters().Where(row => row.ParticipantId == file && row.EditionId == tournament.EditionId)
                .Select(row => row.Id).ToListAsync(cancellationToken);
            var found = await (from player in db.Set<SquadPlayer>()
                               join squad in db.Set<Squad>() on player.SquadId equals squad.Id
                               where player.TournamentId == tournament.Id && places.Contains(player.EnrollmentId)
                               select new { Squad = squad, player.EnrollmentId }).FirstOrDefaultAsync(cancellationToken);
            return found is null ? null : (found.Squad, found.EnrollmentId);
        }
    }
}
