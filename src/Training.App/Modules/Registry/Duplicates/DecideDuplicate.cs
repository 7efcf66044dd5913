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
using Training.Domain.Enrollments;
using Training.Domain.Registry;
using Training.Domain.Registry.Names;

namespace Training.App.Modules.Registry.Duplicates;

/// <summary>
/// A person says of two files: one child, two children, or later. One child merges the files; two children is remembered for good.
/// </summary>
internal static class DecideDuplicate
{
    /// <summary>Changes that merge or separate wait for each other under this name.</summary>
    public const string Lock = "merge";

    internal sealed record Request(
        [property: Description("same, different or later.")] PairDecision? Decision,
        [property: Description("Code of the file that goes on when they are the same; null: the older one.")] string? Survivor,
        [property: Description("Why, at most 300 characters. Needed from the directorate, and to merge files whose official codes differ.")] string? Reason,
        [property: Description("The version that was shown; null: whatever it is now.")] int? Version);

    /// <param name="Id">Name of the pair.</param>
    /// <param name="Decision">What was decided.</param>
    /// <param name="Participant">The code of the one child; null unless the files were merged.</param>
    internal sealed record Response(string Id, PairDecision Decision, string? Participant);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{id}/decision", PostAsync).WithName("DecideDuplicate").WithSummary("Same child, different children, or later.")
            .WithDescription("Files of several regions, and files whose official codes contradict each other, are merged or told apart by the nation alone. "
                + "409 pairChanged: somebody decided meanwhile; 409 alreadyMerged: undo the merge first; 409 correctionWaits: decide about a correction of either file first.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    private static async Task<IResult> PostAsync(string id, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(
        IWriteGate gate, KeyAllocator keys, IDatabaseProvider provider, PairSides sides, Caller caller, Idempotency idempotency, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string? id, Request request, CancellationToken cancellationToken)
        {
            if (idempotency.TryReplay<Response>(out var earlier)) return earlier;
            if (PairId.Parse(id) is not var (low, high)) return Error.NotFound("pairNotFound");
            var faults = new Faults();
            var reason = PersonText.CleanOrNull(request.Reason);
            if (request.Decision is null or PairDecision.Waiting or PairDecision.SetAside)
                faults.Add("decision", request.Decision is null ? "missing" : "notAmong", ("possible", "same, different, later"));
            if (reason?.Length > DuplicatePair.NoteMax) faults.Add("reason", "tooLong", ("max", DuplicatePair.NoteMax));
            var survivor = string.IsNullOrWhiteSpace(request.Survivor) ? (int?)null
                : ParticipantCode.TryParse(request.Survivor, out var code) ? (int)code.ToKey() : 0;
            if (survivor is { } chosen && chosen != low && chosen != high) faults.Add("survivor", "unknownValue");
            if (!faults.None) return faults.ToError();
            if (sides.SeesInitials && reason is null) return Error.Rule("reasonRequired");

            var decision = new Decision(low, high, request.Decision!.Value, survivor, reason, request.Version, await keys.NextAsync<Merge>(cancellationToken));
            return await gate.WriteAsync(
                caller.Scope,
                async (write, token) =>
                {
                    await provider.ShareAsync(write.Db, RegistrationStore.AllChildren, token);
                    await provider.SerializeAsync(write.Db, Lock, token);
                    return await idempotency.OnceAsync(write, () => DecideAsync(write, decision, token), token);
                },
                cancellationToken);
        }

        private async Task<Result<Response>> DecideAsync(WriteSession write, Decision decision, CancellationToken cancellationToken)
        {
            var pair = await write.Db.Set<DuplicatePair>().AsNoTracking()
                .SingleOrDefaultAsync(row => row.LowId == decision.Low && row.HighId == decision.High, cancellationToken);
            if (pair is null) return Error.NotFound("pairNotFound");
            if (pair.Decision == decision.Taken) return await AnswerAsync(write, pair, cancellationToken);
            if (pair.Decision is PairDecision.Same or PairDecision.SetAside) return Error.Conflict("alreadyMerged");
            if (decision.Version is { } shown && shown != pair.Version) return Error.Conflict("pairChanged");
            if (decision.Taken != PairDecision.Later && !await WhollyInScopeAsync(write, decision, cancellationToken)) return Error.Rule("pairAcrossRegions");
            if (decision.Taken == PairDecision.Same && await MergeAsync(write, decision, cancellationToken) is { Succeeded: false, Error: var refusal }) return refusal;
            pair.Decide(decision.Taken, caller.Name, decision.Reason, time.GetUtcNow());
            write.Db.Update(pair);
            await write.Db.SaveChangesAsync(cancellationToken);
            return await AnswerAsync(write, pair, cancellationToken);
        }

        private async Task<Result<Done>> MergeAsync(WriteSession write, Decision decision, CancellationToken cancellationToken)
        {
            var files = await write.Db.Set<Participant>().IgnoreQueryFilters().AsNoTracking()
                .Where(row => row.Id == decision.Low || row.Id == decision.High).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);
            if (DuplicateMatcher.Compare(files[0].Facts([]), files[1].Facts([])).Reasons.HasFlag(MatchReasons.ConflictingCode))
            {
                if (!caller.Scope.Nation) return Error.Rule("codesConflict");
                if (decision.Reason is null) return Error.Rule("reasonRequired");
            }
            // A correction that is just being proposed waits, and finds the file gone; or is found here.
            foreach (var file in files.Select(file => file.Id).Order()) await provider.SerializeAsync(write.Db, CorrectFile.LockOf(file), cancellationToken);
            // A registration that is just finding one of the two waits, and finds the file that goes on.
            foreach (var date in files.Select(file => file.BirthDate).Distinct().Order())
                await provider.SerializeAsync(write.Db, RegistrationOrder.LockOf(date), cancellationToken);
            var survivor = decision.Survivor ?? files[0].Id;
            var retired = survivor == decision.Low ? decision.High : decision.Low;
            var merged = await new MergeFiles(write, caller.Scope).MergeAsync(
                new MergeOrder(decision.MergeId, survivor, retired, caller.Name, decision.Reason, time.GetUtcNow()), cancellationToken);
            if (!merged.Succeeded) return merged.Error;
            write.Events.Add(new ParticipantsMerged(decision.MergeId, survivor, retired));
            return new Done();
        }

        /// <summary>Whoever sees one file by its initials cannot know; but may put the question off, and call the other region.</summary>
        private async Task<bool> WhollyInScopeAsync(WriteSession write, Decision decision, CancellationToken cancellationToken)
        {
            if (caller.Scope.Nation) return true;
            var places = await write.Db.Set<Enrollment>().IgnoreQueryFilters()
                .Where(row => row.ParticipantId == decision.Low || row.ParticipantId == decision.High)
                .Select(row => new { row.SiteId, row.RegionId }).Distinct().ToListAsync(cancellationToken);
            return places.TrueForAll(place => caller.Scope.Covers(place.SiteId, place.RegionId));
        }

        private static async Task<Result<Response>> AnswerAsync(WriteSession write, DuplicatePair pair, CancellationToken cancellationToken) => new Response(
            PairId.Of(pair), pair.Decision,
            pair.Decision != PairDecision.Same ? null
                : ParticipantCode.FromKey(await ParticipantAliases.ResolveAsync(write.Db, pair.LowId, cancellationToken)).ToString());
    }

    private sealed record Decision(int Low, int High, PairDecision Taken, int? Survivor, string? Reason, int? Version, int MergeId);
}
