using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Security;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Attendance;

/// <summary>Whom to call for a child. It is a reading of the child's file, and is recorded.</summary>
internal static class GetContacts
{
    internal sealed record Response(string Participant, IReadOnlyList<Item> Items, string? Next);

    internal sealed record Item(string Name, Relationship Relationship, string? Phone, FamilyLanguage Language);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/absences/{enrollment}/contacts", GetAsync).WithName("GetAbsenceContacts").WithSummary("Guardians to call; the reading is recorded.")
            .Produces<Response>().ProducesProblem(404);

    private static async Task<IResult> GetAsync(string enrollment, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(enrollment, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, ReadingLog readings)
    {
        public async Task<Result<Response>> HandleAsync(string enrollment, CancellationToken cancellationToken)
        {
            var key = OpaqueId.ParseEnrollment(enrollment) ?? 0;
            var child = await db.Set<Enrollment>().Where(row => row.Id == key && row.Slot == 0).Select(row => (int?)row.ParticipantId).SingleOrDefaultAsync(cancellationToken);
            if (child is not { } participant) return Error.NotFound("participantNotFound");
            var guardians = await (from tie in db.Set<Guardianship>()
                                   join guardian in db.Set<Guardian>() on tie.GuardianId equals guardian.Id
                                   where tie.ParticipantId == participant
                                   orderby tie.Position
                                   select new Item(guardian.Name, tie.Relationship, guardian.Phone, guardian.Language)).ToListAsync(cancellationToken);
            await readings.NoteAsync(participant, "absences", ShownParts.Guardians, cancellationToken);
            return new Response(ParticipantCode.FromKey(participant).ToString(), guardians, Next: null);
        }
    }
}
