using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Registry.Messages;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Enrollments;
using Training.Data.Providers;
using Training.Data.Registry;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Modules.Registry.Duplicates;

/// <summary>Makes two files of one again: everything goes back to its child, what came since stays and is listed. The pair counts as two children.</summary>
internal static class UndoMerge
{
    internal sealed record Request([property: Description("Why, at most 300 characters.")] string? Reason);

    /// <param name="Survivor">Code of the file that had gone on.</param>
    /// <param name="Separated">Code of the file that lives again.</param>
    /// <param name="Returned">Enrollments that went back.</param>
    /// <param name="Reopened">Enrollments that had ended by the merge and live again.</param>
    /// <param name="NotReopened">Those that stay ended, because the child has enrolled anew since.</param>
    /// <param name="OverfullGroups">Groups that have more children than places now.</param>
    /// <param name="Kept">What came after the merge and stays with the surviving file: somebody should look at it.</param>
    internal sealed record Response(
        string Survivor, string Separated, IReadOnlyList<string> Returned, IReadOnlyList<string> Reopened, IReadOnlyList<string> NotReopened,
        IReadOnlyList<string> OverfullGroups, KeptItems Kept);

    internal sealed record KeptItems(IReadOnlyList<string> Enrollments, IReadOnlyList<string> Certificates, int Consents, int Guardians);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{id}/undo", PostAsync).WithName("UndoMerge").WithSummary("Undo the merge of two files.")
            .WithDescription("409 mergeNotLast names the merge that must be undone first.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    private static async Task<IResult> PostAsync(string id, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(IWriteGate gate, IDatabaseProvider provider, Caller caller, Idempotency idempotency, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string? id, Request request, CancellationToken cancellationToken)
        {
            if (idempotency.TryReplay<Response>(out var earlier)) return earlier;
            if (PairId.Parse(id) is not var (low, high)) return Error.NotFound("pairNotFound");
            var faults = new Faults();
            var reason = PersonText.CleanOrNull(request.Reason);
            if (reason is null) faults.Add("reason", "missing");
            else if (reason.Length > Merge.WhyMax) faults.Add("reason", "tooLong", ("max", Merge.WhyMax));
            if (!faults.None) return faults.ToError();
            return await gate.WriteAsync(
                caller.Scope,
                async (write, token) =>
                {
                    await provider.ShareAsync(write.Db, RegistrationStore.AllChildren, token);
                    await provider.SerializeAsync(write.Db, DecideDuplicate.Lock, token);
                    return await idempotency.OnceAsync(write, () => UndoAsync(write, low, high, reason!, token), token);
                },
                cancellationToken);
        }

        private async Task<Result<Response>> UndoAsync(WriteSession write, int low, int high, string reason, CancellationToken cancellationToken)
        {
            var db = write.Db;
            var merge = await db.Set<Merge>().IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(
                row => row.Slot == 0 && ((row.SurvivorId == low && row.RetiredId == high) || (row.SurvivorId == high && row.RetiredId == low)), cancellationToken);
            if (merge is null) return await db.Set<DuplicatePair>().AnyAsync(row => row.LowId == low && row.HighId == high, cancellationToken)
                ? Error.Conflict("notMerged") : Error.NotFound("pairNotFound");
            // The surviving file may have been merged itself: whoever sees the child may learn that this comes first.
            var child = await ParticipantAliases.ResolveAsync(db, merge.SurvivorId, cancellationToken);
            if (!await db.Set<Participant>().AnyAsync(row => row.Id == child, cancellationToken)) return Error.NotFound("pairNotFound");

            var separated = await new SeparateFiles(write, caller.Scope).SeparateAsync(merge, caller.Name, reason, time.GetUtcNow(), cancellationToken);
            if (!separated.Succeeded) return separated.Error;
            var pair = await db.Set<DuplicatePair>().IgnoreQueryFilters().AsNoTracking()
                .SingleAsync(row => row.LowId == low && row.HighId == high, cancellationToken);
            db.Update(pair.Decide(PairDecision.Different, caller.Name, reason, time.GetUtcNow()));
            await db.SaveChangesAsync(cancellationToken);
            write.Events.Add(new ParticipantsSeparated(merge.Id, merge.SurvivorId, merge.RetiredId));
            return Show(separated.Value);
        }

        private static Response Show(Separation done) => new(
            ParticipantCode.FromKey(done.Merge.SurvivorId).ToString(), ParticipantCode.FromKey(done.Merge.RetiredId).ToString(),
            Enrollments(done.Returned), Enrollments(done.Reopened), Enrollments(done.NotReopened), [.. done.Overfull.Select(OpaqueId.Group)],
            new KeptItems(Enrollments(done.KeptEnrollments), done.KeptCertificates, done.KeptConsents, done.KeptGuardians));

        private static string[] Enrollments(IReadOnlyList<int> ids) => [.. ids.Select(OpaqueId.Enrollment)];
    }
}
