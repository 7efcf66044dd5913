using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Security;
using Training.Data.Registry;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Registry;

/// <summary>
/// Corrects a child's name as it was written wrongly. Certificates keep the name they were issued with until a coordinator issues them
/// anew; the correction and its reason stand in the log that the guardian can see.
/// </summary>
internal static class CorrectName
{
    private const int ReasonMax = 200;

    internal sealed record Request(
        string? GivenName, string? FamilyName, string? GivenNameAr, string? FamilyNameAr,
        [property: Description("Why, for the log that the guardian can see.")] string? Reason);

    internal sealed record Response(string Participant, string? GivenName, string? FamilyName, string? GivenNameAr, string? FamilyNameAr);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{code}/name", PostAsync).WithName("CorrectName").RequireAuthorization(Policies.Enroll)
            .WithSummary("Correct a child's name; certificates are issued anew by a coordinator.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);

    private static async Task<IResult> PostAsync(string code, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(code, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(IWriteGate gate, ReadingLog readings, Caller caller, Idempotency idempotency)
    {
        public async Task<Result<Response>> HandleAsync(string code, Request request, CancellationToken cancellationToken)
        {
            if (idempotency.TryReplay<Response>(out var earlier)) return earlier;
            var found = new Faults();
            var name = PersonName.Check(
                new RegistrationInput
                {
                    GivenName = request.GivenName, FamilyName = request.FamilyName, GivenNameAr = request.GivenNameAr, FamilyNameAr = request.FamilyNameAr,
                },
                found);
            var faults = new Faults();
            if (!found.None) faults.Take(found.ToError(), field => field["participant.".Length..]);
            var reason = FreeText.Read(request.Reason, "reason", required: true, ReasonMax, faults);
            if (!faults.None) return faults.ToError();
            return await gate.WriteAsync(
                caller.Scope, (write, token) => idempotency.OnceAsync(write, () => CorrectAsync(write, code, name, reason!, token), token), cancellationToken);
        }

        private async Task<Result<Response>> CorrectAsync(
            WriteSession write, string code, PersonName name, string reason, CancellationToken cancellationToken)
        {
            var key = await ParticipantAliases.ResolveAsync(write.Db, code, cancellationToken) ?? 0;
            var child = await write.Db.Set<Participant>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            if (child is null) return Error.NotFound("participantNotFound");
            if (child.CorrectName(name))
            {
                await write.Db.SaveChangesAsync(cancellationToken);
                write.Rows.Insert(readings.Reading(child.Id, "name-corrected", ShownParts.Identity).Because(reason));
            }
            return new Response(ParticipantCode.FromKey(child.Id).ToString(), child.GivenName, child.FamilyName, child.GivenNameAr, child.FamilyNameAr);
        }
    }
}
