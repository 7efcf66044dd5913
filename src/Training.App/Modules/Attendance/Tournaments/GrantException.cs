using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Writing;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Common;

namespace Training.App.Modules.Attendance.Tournaments;

/// <summary>A coordinator lets a youth play in spite of the birth date, for a reason that is kept. From consent and health there is no exception.</summary>
internal static class GrantException
{
    internal sealed record Request([property: Description("Why; kept with the player.")] string? Reason);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{id}/squads/{squad}/players/{enrollment}/exception", PostAsync).WithName("GrantException").RequireAuthorization(Policies.Coordinate)
            .WithSummary("Let a player play in spite of the birth date, with a reason.")
            .Produces<Player>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PostAsync(
        string id, string squad, string enrollment, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, squad, enrollment, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(GetSquad.Handler read, SquadBook squads, IWriteGate gate, Caller caller, TimeProvider time)
    {
        public async Task<Result<Player>> HandleAsync(string id, string squadId, string enrollment, Request request, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            var reason = FreeTextOf(request, faults);
            if (!faults.None) return faults.ToError();
            var squad = await read.HandleAsync(id, squadId, cancellationToken);
            if (!squad.Succeeded) return squad.Error;
            if (squad.Value.Players.FirstOrDefault(row => row.Enrollment == enrollment) is not { } player) return Error.NotFound("playerNotFound");
            if (!player.Conditions.Any(condition => condition.Code is Eligibility.TooOld or Eligibility.TooYoung)) return Error.Conflict("nothingToExcept");

            var (key, place) = (OpaqueId.ParseSquad(squadId)!.Value, OpaqueId.ParseEnrollment(enrollment)!.Value);
            var granted = await gate.WriteAsync<Done>(
                caller.Scope,
                async (write, token) =>
                {
                    var home = await write.Db.Set<Squad>().Where(row => row.Id == key).Select(row => row.SiteId).SingleOrDefaultAsync(token);
                    var held = await squads.HoldAsync(write, OpaqueId.ParseTournament(id)!.Value, home, time.Today(), token);
                    if (!held.Succeeded) return held.Error;
                    if (!DecideHeldMark.Coordinates(caller, home, held.Value.RegionId, held.Value.HostSiteId)) return Error.NotFound("playerNotFound");
                    var row = await write.Db.Set<SquadPlayer>().AsTracking().SingleOrDefaultAsync(entry => entry.SquadId == key && entry.EnrollmentId == place, token);
                    if (row is null) return Error.NotFound("playerNotFound");
                    if (!row.Except(reason!, caller.Name, time.GetUtcNow())) return Error.Conflict("nothingToExcept");
                    await write.Db.SaveChangesAsync(token);
                    return default(Done);
                },
                cancellationToken);
            if (!granted.Succeeded) return granted.Error;
            return (await read.HandleAsync(id, squadId, cancellationToken)).Map(fresh => fresh.Players.First(row => row.Enrollment == enrollment));
        }

        private static string? FreeTextOf(Request request, Faults faults) =>
            Domain.Attendance.FreeText.Read(request.Reason, "reason", required: true, SquadPlayer.ReasonMax, faults);
    }
}
