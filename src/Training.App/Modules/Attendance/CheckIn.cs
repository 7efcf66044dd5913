using System.ComponentModel;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Attendance;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Attendance;

/// <summary>
/// Marks a child by the code on its card, typed or scanned. A slip of the finger is found by the check character; a mark that says
/// otherwise becomes a conflict like any other.
/// </summary>
internal static class CheckIn
{
    internal sealed record Request(
        [property: Description("Participant code as typed or scanned.")] string? Code,
        [property: Description("present, late, excused or absent; null: present.")] string? Status,
        [property: Description("Uuid given by the client; null: a new one.")] string? MarkId,
        [property: Description("When, ISO 8601; null: now.")] string? CapturedAt,
        [property: Description("The session's version the client last saw; null: none, so that any other mark is a conflict.")] int? BaseVersion);

    internal sealed record Response(string Enrollment, string Participant, RecordAttendance.Response Attendance);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{id}/check-in", PostAsync).WithName("CheckIn").WithSummary("Mark a child by the participant code.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);

    private static async Task<IResult> PostAsync(string id, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, RecordAttendance.Handler record, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string id, Request request, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            if (string.IsNullOrWhiteSpace(request.Code)) faults.Add("code", "missing");
            var known = ParticipantCode.Parse(request.Code, out var code);
            if (faults.None && known != ParticipantCodeError.None) faults.Add("code", known == ParticipantCodeError.CheckSymbol ? "codeMistyped" : "codeMalformed");
            if (!faults.None) return faults.ToError();

            var key = OpaqueId.ParseSession(id) ?? 0;
            var session = await db.Set<Session>().Where(row => row.Id == key).Select(row => new { row.GroupId, row.SquadId }).SingleOrDefaultAsync(cancellationToken);
            if (session is null) return Error.NotFound("sessionNotFound");
            // A card printed for a file that was merged is still the child's.
            var child = await db.FileOfAsync((int)code.ToKey(), cancellationToken);
            var children = session.SquadId is { } squad
                ? db.Set<Enrollment>().IgnoreQueryFilters().Where(row => db.Set<SquadPlayer>().Any(player => player.SquadId == squad && player.EnrollmentId == row.Id))
                : db.Set<Enrollment>().Where(row => row.GroupId == session.GroupId);
            var enrollment = await children.Where(row => row.ParticipantId == child).OrderBy(row => row.Slot).Select(row => (int?)row.Id)
                .FirstOrDefaultAsync(cancellationToken);
            // Nothing is said of a child who is elsewhere, nor whether there is one.
            if (enrollment is not { } found) return Error.Rule("codeNotInGroup");
            var mark = new RecordAttendance.Mark
            {
                MarkId = request.MarkId ?? Guid.NewGuid().ToString("D"),
                Enrollment = OpaqueId.Enrollment(found),
                Status = request.Status ?? "present",
                CapturedAt = request.CapturedAt ?? time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
                BaseVersion = request.BaseVersion ?? 0,
            };
            var recorded = await record.HandleAsync(id, new RecordAttendance.Request([mark]), cancellationToken);
            return recorded.Map(answer => new Response(OpaqueId.Enrollment(found), code.ToString(), answer));
        }
    }
}
