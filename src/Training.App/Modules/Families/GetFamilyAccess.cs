using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Gateways;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Security;
using Training.Domain.Common;
using Training.Domain.Families;
using Training.Domain.Registry;

namespace Training.App.Modules.Families;

/// <summary>How a child's family comes in, and where its guardians disagree; for the people of the site, who talk with both.</summary>
internal static class GetFamilyAccess
{
    /// <param name="Participant">Participant code.</param>
    /// <param name="SmsConfigured">False: no link can be sent, the code is printed.</param>
    /// <param name="MayDecide">True for who may say which guardian decides: who answers for the child's region.</param>
    /// <param name="Guardians">In order of contact.</param>
    /// <param name="Disagreements">What one guardian allows and another is against; it counts as refused meanwhile.</param>
    internal sealed record Response(string Participant, bool SmsConfigured, bool MayDecide, IReadOnlyList<GuardianLine> Guardians, IReadOnlyList<Disagreement> Disagreements);

    internal sealed record GuardianLine(int Guardian, string Name, Relationship Relationship, string? Phone, bool ViewOnly);

    /// <param name="Purpose">What for.</param>
    /// <param name="For">Who allows it, and since when.</param>
    /// <param name="Against">Who is against it, and since when.</param>
    internal sealed record Disagreement(ConsentPurpose Purpose, IReadOnlyList<Statement> For, IReadOnlyList<Statement> Against);

    internal sealed record Statement(string Guardian, DateOnly On);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/participants/{code}/family-access", GetAsync).WithName("GetFamilyAccess")
            .WithSummary("How a child's family comes in, and where its guardians disagree; the reading is recorded.").Produces<Response>().ProducesProblem(404);

    private static async Task<IResult> GetAsync(string code, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(code, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, ISmsSender sms, FileDeciders deciders, ReadingLog readings)
    {
        public async Task<Result<Response>> HandleAsync(string code, CancellationToken cancellationToken)
        {
            var key = await db.FileOfAsync(code, cancellationToken) ?? 0;
            if (!await db.Set<Participant>().AnyAsync(row => row.Id == key, cancellationToken)) return Error.NotFound("participantNotFound");
            var guardians = await (from tie in db.Set<Guardianship>()
                                   join guardian in db.Set<Guardian>() on tie.GuardianId equals guardian.Id
                                   where tie.ParticipantId == key
                                   orderby tie.Position
                                   select new
                                   {
                                       guardian.Id,
                                       Line = new GuardianLine(
                                           tie.Position, guardian.Name, tie.Relationship, guardian.Phone,
                                           db.Set<ViewOnlyGuardian>().Any(row => row.ParticipantId == key && row.GuardianId == guardian.Id)),
                                   }).ToListAsync(cancellationToken);
            var names = guardians.ToDictionary(row => row.Id, row => row.Line.Name);
            var objections = await db.Set<ConsentObjection>().Where(row => row.ParticipantId == key && row.EndedAt == null).ToListAsync(cancellationToken);
            var consents = await db.Set<Consent>().Where(row => row.ParticipantId == key && row.WithdrawnAt == null).ToListAsync(cancellationToken);
            await readings.NoteAsync(key, "family-access", ShownParts.Guardians | ShownParts.Consents, cancellationToken);
            var mayDecide = await deciders.IncludeCallerAsync(db.Set<Domain.Enrollments.Enrollment>(), key, cancellationToken);
            return new Response(
                ParticipantCode.FromKey(key).ToString(), sms.IsConfigured, mayDecide, [.. guardians.Select(row => row.Line)],
                [.. objections.GroupBy(row => row.Purpose).OrderBy(purpose => purpose.Key).Select(purpose => new Disagreement(
                    purpose.Key,
                    [.. consents.Where(row => row.Purpose == purpose.Key).Select(row => new Statement(names.GetValueOrDefault(row.GuardianId, ""), row.GivenOn))],
                    [.. purpose.Select(row => new Statement(names.GetValueOrDefault(row.GuardianId, ""), LocalTime.DayOf(row.SaidAt)))]))]);
        }
    }
}
