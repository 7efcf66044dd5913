using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Security;
using Training.Data.Registry;
using Training.Data.Writing;
using Training.Domain.Access;
using Training.Domain.Attendance;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Modules.Registry.Corrections;

/// <summary>The second look: who answers for the region writes a site's correction into the file, or refuses it with a reason.</summary>
internal static class DecideCorrection
{
    internal sealed record Request(
        [property: Description("True: it is written into the file; false: it is refused.")] bool? Approve,
        [property: Description("Why it is refused; the guardians read it.")] string? Note,
        [property: Description("The version seen; null when the caller keeps none.")] int? Version);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{id}/decision", PostAsync).WithName("DecideCorrection").WithSummary("Write a site's correction into the file, or refuse it.")
            .WithDescription("422 ownCorrection: a second person decides. 422 personDecides: a machine proposes and never decides. 422 noGuardianDecides. 409 changedMeanwhile: the file says something else by now; refuse it and correct anew.")
            .Produces<CorrectParticipant.Response>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    private static async Task<IResult> PostAsync(string id, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(
        IWriteGate gate, KeyAllocator keys, SystemSecrets secrets, CorrectionDesk desk, ReadingLog readings, Caller caller, TimeProvider time)
    {
        public async Task<Result<CorrectParticipant.Response>> HandleAsync(string? id, Request request, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            if (request.Approve is null) faults.Add("approve", "missing");
            var note = FreeText.Read(request.Note, "note", required: request.Approve == false, FileCorrection.ReasonMax, faults);
            if (!faults.None) return faults.ToError();
            var order = new CorrectionOrder(
                await keys.NextAsync<Guardian>(cancellationToken), await secrets.GetAsync(SystemSecrets.ClaimCodes, cancellationToken), caller.Name, time.GetUtcNow());
            var child = 0;
            var decided = await gate.WriteAsync(
                caller.Scope,
                async (write, token) =>
                {
                    var key = OpaqueId.ParseCorrection(id) ?? 0;
                    child = await write.Db.Set<FileCorrection>().Where(row => row.Id == key).Select(row => row.ParticipantId).SingleOrDefaultAsync(token);
                    return await DecideAsync(write, key, child, request, note, order, token);
                },
                cancellationToken);
            return decided.Succeeded ? await desk.AnswerAsync(decided.Value, child, cancellationToken) : decided.Error;
        }

        private async Task<Result<CorrectionDesk.Outcome>> DecideAsync(
            WriteSession write, int key, int child, Request request, string? note, CorrectionOrder order, CancellationToken cancellationToken)
        {
            if (child == 0 || await desk.HoldAsync(write, child, cancellationToken) is not { } state) return Error.NotFound("correctionNotFound");
            if (caller.Is(Role.Machine)) return Error.Rule("personDecides");
            if (!await desk.MayDecideAsync(write, child, cancellationToken)) return Error.NotFound("correctionNotFound");
            // Read under the lock: of two who decide at once the second sees what the first decided.
            if (await write.Db.Set<FileCorrection>().AsTracking().SingleOrDefaultAsync(one => one.Id == key, cancellationToken) is not { } row)
                return Error.NotFound("correctionNotFound");
            if (row.Status != CorrectionStatus.Proposed) return Error.Conflict("correctionDecided");
            if (request.Version is { } seen && seen != row.Version) return Error.Conflict("changedMeanwhile", ("version", row.Version));
            if (row.By == caller.Name) return Error.Rule("ownCorrection");
            if (desk.Unproven is { } unproven) return unproven;
            if (request.Approve == false)
            {
                row.Decide(CorrectionStatus.Refused, caller.Name, order.Now, note);
                await write.Db.SaveChangesAsync(cancellationToken);
                write.Rows.Insert(readings.Reading(row.ParticipantId, "correction-refused", CorrectionDesk.PartsOf(row.Facts())).Because(note!));
                return new CorrectionDesk.Outcome(row.Id, row.Status, state.Child.Version, false, 0);
            }
            if (row.Facts().Any(fact => state.ValueOf(fact.Field) != fact.Before)) return Error.Conflict("changedMeanwhile", ("version", state.Child.Version));
            if (state.LeavesNobody(row.Facts())) return Error.Rule("noGuardianDecides");
            row.Decide(CorrectionStatus.Applied, caller.Name, order.Now);
            return await desk.ApplyAsync(write, state, row, order, cancellationToken);
        }
    }
}
