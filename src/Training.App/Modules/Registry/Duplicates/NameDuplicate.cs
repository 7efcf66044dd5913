using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Providers;
using Training.Data.Registry;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Registry;
using Training.Domain.Registry.Names;

namespace Training.App.Modules.Registry.Duplicates;

/// <summary>A person knows of two files that no rule would bring together: the pair waits for a decision like any other.</summary>
internal static class NameDuplicate
{
    internal sealed record Request(string? Participant, string? Other);

    internal sealed record Response(string Id, PairDecision Decision);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/", PostAsync).WithName("NameDuplicate").WithSummary("Name two files that may be one child.")
            .Produces<Response>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(404);

    private static async Task<IResult> PostAsync(Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(request, cancellationToken)).ToHttp(texts, answer => TypedResults.Created($"/api/duplicates/{answer.Id}", answer));

    internal sealed class Handler(IWriteGate gate, IDatabaseProvider provider, Caller caller, Idempotency idempotency, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            if (string.IsNullOrWhiteSpace(request.Participant)) faults.Add("participant", "missing");
            if (string.IsNullOrWhiteSpace(request.Other)) faults.Add("other", "missing");
            if (!faults.None) return faults.ToError();
            if (idempotency.TryReplay<Response>(out var earlier)) return earlier;
            return await gate.WriteAsync(
                caller.Coordinated,
                async (write, token) =>
                {
                    await provider.SerializeAsync(write.Db, DecideDuplicate.Lock, token);
                    return await idempotency.OnceAsync(write, () => NameAsync(write, request, token), token);
                },
                cancellationToken);
        }

        private async Task<Result<Response>> NameAsync(WriteSession write, Request request, CancellationToken cancellationToken)
        {
            var one = await ParticipantAliases.ResolveAsync(write.Db, request.Participant, cancellationToken);
            var other = await ParticipantAliases.ResolveAsync(write.Db, request.Other, cancellationToken);
            if (one is null || other is null) return Error.NotFound("participantNotFound");
            if (one == other) return Faults.Only("other", "sameFile");
            // Both must be within reach: a code typed at random must not tell whether it is a child's.
            var files = await write.Db.Set<Participant>().AsNoTracking().Where(row => row.Id == one || row.Id == other).ToListAsync(cancellationToken);
            if (files.Count != 2) return Error.NotFound("participantNotFound");
            var pair = DuplicatePair.Of(
                one.Value, other.Value, DuplicateMatcher.Compare(files[0].Facts([]), files[1].Facts([])), PairSource.Person, time.GetUtcNow());
            await new PairMemory(write).RememberAsync([pair], cancellationToken);
            var known = await write.Db.Set<DuplicatePair>().AsNoTracking()
                .SingleAsync(row => row.LowId == pair.LowId && row.HighId == pair.HighId, cancellationToken);
            return new Response(PairId.Of(known), known.Decision);
        }
    }
}
