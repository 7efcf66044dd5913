using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Security;
using Training.Data.Providers;
using Training.Data.Registry;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Families;
using Training.Domain.Registry;

namespace Training.App.Modules.Families;

/// <summary>
/// Lets a family in again that stands before the facilitator: a lost paper, a lost phone, a number written down wrongly. All that
/// opened before ends at once: paper, links, codes and open sessions. The family reads in its own log who did it and why.
/// </summary>
internal static class RecoverFamily
{
    /// <summary>Longest reason, in characters.</summary>
    public const int ReasonMax = 200;

    /// <param name="Reason">How the guardian was known, or what had happened.</param>
    /// <param name="Guardian">Order of contact of the guardian whose phone changes, from 1; null: no phone changes.</param>
    /// <param name="Phone">The new number; null with a guardian: none.</param>
    internal sealed record Request(
        [property: Description("How the guardian was known; the family reads it.")] string? Reason,
        [property: Description("Whose phone changes; null: nobody's.")] int? Guardian,
        [property: Description("The new number; null with a guardian: none.")] string? Phone);

    /// <param name="ClaimCode">The new code to print.</param>
    /// <param name="AlsoRenewed">Codes of the guardian's other children whom the caller sees: their printed code ended too and needs a new print.</param>
    internal sealed record Response(string ClaimCode, IReadOnlyList<string> AlsoRenewed);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/participants/{code}/family-recovery", PostAsync).WithName("RecoverFamily")
            .WithSummary("Give a family a new code and, where needed, another phone; everything earlier ends.")
            .WithDescription("A phone is one for all children of a guardian: when it changes, the way in ends for each of them. alsoRenewed names those whom the caller sees; they need a new print.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);

    private static async Task<IResult> PostAsync(string code, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(code, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(IWriteGate gate, IDatabaseProvider provider, SystemSecrets secrets, ReadingLog readings, Caller caller, Idempotency idempotency, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string code, Request request, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            var reason = PersonText.CleanOrNull(request.Reason);
            if (reason is null) faults.Add("reason", "missing");
            else if (reason.Length > ReasonMax) faults.Add("reason", "tooLong", ("max", ReasonMax));
            else if (PersonText.LooksLikeNationalId(reason)) faults.Add("reason", "nationalId");
            PhoneNumber phone = default;
            if (request is { Guardian: not null, Phone: { Length: > 0 } typed } && PhoneNumber.Parse(typed, out phone) is not PhoneError.None and var wrong)
                faults.Add("phone", wrong == PhoneError.ForeignCountry ? "phoneForeign" : "phoneMalformed");
            if (!faults.None) return faults.ToError();
            if (idempotency.TryReplay<Response>(out var earlier)) return earlier;
            var secret = await secrets.GetAsync(SystemSecrets.ClaimCodes, cancellationToken);
            return await gate.WriteAsync(
                caller.Scope,
                (write, token) => idempotency.OnceAsync(
                    write, () => RecoverAsync(write, code, request.Guardian, phone.IsEmpty ? null : phone.ToString(), reason!, secret, token), token),
                cancellationToken);
        }

        private async Task<Result<Response>> RecoverAsync(
            WriteSession write, string code, int? position, string? phone, string reason, byte[] secret, CancellationToken cancellationToken)
        {
            var key = await ParticipantAliases.ResolveAsync(write.Db, code, cancellationToken);
            await provider.SerializeAsync(write.Db, CorrectFile.LockOf(key ?? 0), cancellationToken);
            if (!await write.Db.Set<Participant>().AnyAsync(row => row.Id == key, cancellationToken)) return Error.NotFound("participantNotFound");
            var ties = write.Db.Set<Guardianship>().Where(tie => tie.ParticipantId == key && tie.Position == position);
            var named = position is null ? null : await ties.Select(tie => (int?)tie.GuardianId).SingleOrDefaultAsync(cancellationToken);
            if (position is not null && named is null) return Faults.Only("guardian", "unknownGuardian");
            int[] tied = named is { } one ? [.. await GuardianTies.OthersAsync(write.Db, [one], key!.Value, cancellationToken)] : [];
            var doors = new FamilyDoors(write, provider);
            await doors.HoldAsync(tied.Append(key!.Value), cancellationToken);

            // What is compared and raised is read once nobody else of this family is at it.
            var child = await write.Db.Set<Participant>().AsTracking().SingleAsync(row => row.Id == key, cancellationToken);
            var guardian = await write.Db.Set<Guardian>().AsTracking().SingleOrDefaultAsync(row => row.Id == named, cancellationToken);
            var now = time.GetUtcNow();
            int[] others = guardian is null || guardian.Phone == phone ? [] : tied;
            var seen = await write.Db.Set<Participant>().Where(row => others.Contains(row.Id)).OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken);
            if (guardian is not null && guardian.Phone != phone)
            {
                guardian.Phone = phone;
                await GuardianTies.RaiseAsync(write.Db, others, cancellationToken);
                await doors.ShutAsync(guardian.Id, null, now, cancellationToken);
            }
            child.Version++;
            await doors.RenewAsync(others.Append(child.Id), secret, cancellationToken);
            write.Db.Scope = AccessScope.Whole;
            var files = write.Db.Set<Participant>().Where(row => row.Id == key || row.MergedIntoId == key).Select(row => row.Id);
            await write.Db.Set<PersonalLink>().Where(row => files.Contains(row.ParticipantId) && row.EndedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, now), cancellationToken);
            // A code on its way opens nothing: its guardian may be the one who lost the phone.
            await write.Db.Set<OneTimeCode>().Where(row => files.Contains(row.ParticipantId) && row.UsedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, now), cancellationToken);
            write.Rows.Insert(readings.Reading(child.Id, "family-recovery", ShownParts.ClaimCode | ShownParts.Guardians).Because(reason));
            // The reason was said of this child and may name it: it stays in its own log.
            foreach (var other in others) write.Rows.Insert(readings.Reading(other, "guardian-corrected", ShownParts.Guardians));
            return new Response(ClaimCode.Derive(secret, child.Id, child.ClaimIssue).ToString(), [.. seen.Select(other => ParticipantCode.FromKey(other).ToString())]);
        }
    }
}
