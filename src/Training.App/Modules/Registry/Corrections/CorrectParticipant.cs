using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Security;
using Training.Data.Providers;
using Training.Data.Registry;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Common;
using Training.Domain.Registry;
using Training.Domain.Rights;

namespace Training.App.Modules.Registry.Corrections;

/// <summary>
/// Corrects a child's birth date, sex, official codes or guardians. What decides who takes part or who comes in as the family is written
/// by who answers for the region, proven anew; from a site it is a proposal. The guardians read it in their log.
/// </summary>
internal static class CorrectParticipant
{
    internal sealed record Request
    {
        [Description("The version of the file that was seen; null when the caller keeps none.")]
        public int? Version { get; init; }

        [Description("Why; the guardians read it.")]
        public string? Reason { get; init; }

        [Description("null: stays.")]
        public DateOnly? BirthDate { get; init; }

        [Description("null: stays.")]
        public Sex? Sex { get; init; }

        [Description("null: stays; empty: is taken out.")]
        public string? MassarCode { get; init; }

        [Description("null: stays; empty: is taken out.")]
        public string? FifaId { get; init; }

        [Description("null: stays; empty: is taken out.")]
        public string? LicenceNumber { get; init; }

        public IReadOnlyList<GuardianRequest>? Guardians { get; init; }

        [Description("The family's request in the register that this carries out; null: none.")]
        public string? RightsRequest { get; init; }

        [Description("What the family is answered.")]
        public string? Answer { get; init; }
    }

    internal sealed record GuardianRequest
    {
        [Description("Order of contact, from 1; null: a guardian is added.")]
        public int? Guardian { get; init; }

        public string? Name { get; init; }

        public Relationship? Relationship { get; init; }

        public string? Phone { get; init; }

        public bool? NoPhone { get; init; }

        [Description("ar, fr or zgh.")]
        public string? Language { get; init; }

        [Description("true: sees and may withdraw, gives nothing.")]
        public bool? ViewOnly { get; init; }

        [Description("true: is a guardian of this child no more.")]
        public bool? Ended { get; init; }
    }

    /// <param name="Id">Id of the correction.</param>
    /// <param name="Status">Written, or waiting for somebody who answers for the region.</param>
    /// <param name="Version">Version of the file afterwards.</param>
    /// <param name="FamilyClosed">True when the family's printed code was renewed: print it again.</param>
    /// <param name="Alike">How many other files are now to be compared with this one.</param>
    /// <param name="Effects">What the file is at odds with now; decided by people.</param>
    internal sealed record Response(string Id, CorrectionStatus Status, int Version, bool FamilyClosed, int Alike, CorrectionEffects Effects);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{code}/corrections", PostAsync).WithName("CorrectParticipant").WithSummary("Correct a child's birth date, sex, official codes or guardians.")
            .WithDescription("202: a birth date, sex, phone, or a guardian who is added, ends, is only to look or is to decide again waits for a coordinator when a site or a machine asks; so does a name or "
                + "language that a guardian has also for a child elsewhere. 403 proveAgain: a person must have given the password lately. "
                + "409 changedMeanwhile, correctionWaits. 422 noGuardianDecides. effects lists what the file is at odds with; nothing of it is changed by itself.")
            .Produces<Response>().Produces<Response>(StatusCodes.Status202Accepted)
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    private static async Task<IResult> PostAsync(string code, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(code, request, cancellationToken)).ToHttp(
            texts, done => done.Status == CorrectionStatus.Proposed ? TypedResults.Accepted((string?)null, done) : TypedResults.Ok(done));

    internal sealed class Handler(
        IWriteGate gate, KeyAllocator keys, SystemSecrets secrets, CorrectionDesk desk, IDatabaseProvider provider, ReadDb db, ReadingLog readings, Caller caller, Idempotency idempotency, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string? code, Request request, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            var reason = FreeText.Read(request.Reason, "reason", required: true, FileCorrection.ReasonMax, faults);
            var answer = FreeText.Read(request.Answer, "answer", required: false, RightsRequest.WordsMax, faults);
            var guardians = request.Guardians ?? [];
            for (var i = 0; i < guardians.Count; i++)
            {
                if (guardians[i] is null) faults.Add($"guardians[{i}]", "missing");
                else if (guardians[i].Language is not (null or "" or "ar" or "fr" or "zgh")) faults.Add($"guardians[{i}].language", "unknownLanguage");
            }
            if (guardians.Count > FileState.GuardiansMax + 1) faults.Add("guardians", "tooMany", ("max", FileState.GuardiansMax));
            if (!faults.None) return faults.ToError();
            var key = await db.FileOfAsync(code, cancellationToken) ?? 0;
            if (idempotency.TryReplay<CorrectionDesk.Outcome>(out var earlier)) return await desk.AnswerAsync(earlier, key, cancellationToken);
            var id = await keys.NextAsync<FileCorrection>(cancellationToken);
            var order = new CorrectionOrder(
                await keys.NextAsync<Guardian>(cancellationToken), await secrets.GetAsync(SystemSecrets.ClaimCodes, cancellationToken), caller.Name, time.GetUtcNow());
            var said = new FileCorrection
            {
                Id = id, ParticipantId = key, Changes = "", Reason = reason!, Answer = answer, RequestId = OpaqueId.ParseRightsRequest(request.RightsRequest), By = caller.Name, At = order.Now,
            };
            var written = await gate.WriteAsync(
                caller.Scope, (write, token) => idempotency.OnceAsync(write, () => CorrectAsync(write, key, request, said, order, token), token), cancellationToken);
            return written.Succeeded ? await desk.AnswerAsync(written.Value, key, cancellationToken) : written.Error;
        }

        private async Task<Result<CorrectionDesk.Outcome>> CorrectAsync(
            WriteSession write, int key, Request request, FileCorrection said, CorrectionOrder order, CancellationToken cancellationToken)
        {
            if (await desk.HoldAsync(write, key, cancellationToken) is not { } state) return Error.NotFound("participantNotFound");
            if (request.Version is { } seen && seen != state.Child.Version) return Error.Conflict("changedMeanwhile", ("version", state.Child.Version));
            if (await write.Db.Set<FileCorrection>().AnyAsync(row => row.ParticipantId == key && row.Status == CorrectionStatus.Proposed, cancellationToken))
                return Error.Conflict("correctionWaits");
            var compared = state.Compare(InputOf(request), time.Today());
            if (!compared.Succeeded) return compared.Error;
            var facts = compared.Value;
            if (request.RightsRequest is not null && await RequestRefusalAsync(write, key, said.RequestId, cancellationToken) is { } refusal) return refusal;

            var mayDecide = await desk.MayDecideAsync(write, key, cancellationToken);
            var needsLook = facts.Any(fact => fact.NeedsSecondLook) || await desk.ReachesBeyondAsync(write, state, facts, cancellationToken);
            if (needsLook && mayDecide && desk.Unproven is { } unproven) return unproven;
            var row = new FileCorrection
            {
                Id = said.Id, ParticipantId = key, Changes = FileCorrection.Write(facts), Reason = said.Reason, Answer = said.Answer, RequestId = said.RequestId, By = said.By, At = said.At,
            };
            if (needsLook && !mayDecide)
            {
                if (await new CorrectFile(write, provider).ConflictAsync(key, facts, cancellationToken) is { } taken) return taken;
                write.Rows.Insert(row);
                write.Rows.Insert(readings.Reading(key, "correction-proposed", CorrectionDesk.PartsOf(facts)).Because(row.Reason));
                return new CorrectionDesk.Outcome(row.Id, row.Status, state.Child.Version, false, 0);
            }
            row.Decide(CorrectionStatus.Applied, caller.Name, order.Now);
            write.Rows.Insert(row);
            return await desk.ApplyAsync(write, state, row, order, cancellationToken);
        }

        private static async Task<Error?> RequestRefusalAsync(WriteSession write, int key, int? request, CancellationToken cancellationToken)
        {
            var asked = await write.Db.Set<RightsRequest>().SingleOrDefaultAsync(row => row.Id == request, cancellationToken);
            if (asked is null || await ParticipantAliases.ResolveAsync(write.Db, asked.ParticipantId, cancellationToken) != key) return Error.NotFound("requestNotFound");
            if (asked.Kind != RightsKind.Correct) return Error.Rule("notToCorrect");
            return asked.Status == RightsStatus.Open ? null : Error.Conflict("alreadyAnswered");
        }

        private static FileCorrectionInput InputOf(Request request) => new()
        {
            BirthDate = request.BirthDate, Sex = request.Sex, MassarCode = request.MassarCode, FifaId = request.FifaId, LicenceNumber = request.LicenceNumber,
            Guardians = [.. (request.Guardians ?? []).Select(one => new GuardianCorrection(
                one.Guardian, one.Name, one.Relationship, one.Phone, one.NoPhone == true,
                one.Language switch { "ar" => FamilyLanguage.Arabic, "fr" => FamilyLanguage.French, "zgh" => FamilyLanguage.Amazigh, _ => null }, one.ViewOnly, one.Ended == true))],
        };
    }
}
