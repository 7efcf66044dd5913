using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Registry;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;
using Training.Domain.Rights;

namespace Training.App.Modules.Rights;

/// <summary>Enters what a family asks for into the register, with the day until which it must be answered.</summary>
internal static class OpenRequest
{
    /// <param name="Participant">Code of the child's file.</param>
    /// <param name="Kind">What is asked for.</param>
    /// <param name="Asker">Who asks; null: a guardian.</param>
    /// <param name="Words">What is asked for in words; needed to correct and to oppose.</param>
    /// <param name="ReceivedOn">The day it arrived; null: today.</param>
    internal sealed record Request(
        string? Participant, RightsKind? Kind,
        [property: Description("guardian (default), youth or authority.")] RightsAsker? Asker,
        [property: Description("Needed to correct and to oppose.")] string? Words,
        [property: Description("The day it arrived; null: today. The period for the answer begins then.")] DateOnly? ReceivedOn);

    internal sealed record OwnRequest(RightsKind? Kind, string? Words);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/requests", PostAsync).WithName("OpenRightsRequest").WithSummary("Enter what a family asks for: a copy, a correction, to oppose a use, to erase.")
            .Produces<RequestItem>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(404);

    public static void MapForFamilies(IEndpointRouteBuilder routes) =>
        routes.MapPost("/children/{code}/requests", PostOwnAsync).WithName("OpenOwnRightsRequest").WithSummary("Ask for a copy, a correction, to oppose a use or to erase, for one's own child.")
            .Produces<RequestItem>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PostAsync(Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(request, cancellationToken)).ToHttp(texts, item => TypedResults.Created($"/api/rights/requests/{item.Id}", item));

    private static async Task<IResult> PostOwnAsync(string code, OwnRequest request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(new Request(code, request.Kind, null, request.Words, null), cancellationToken))
            .ToHttp(texts, item => TypedResults.Created((string?)null, item));

    internal sealed class Handler(IWriteGate gate, KeyAllocator keys, RightsSettings settings, Idempotency idempotency, Caller caller, TimeProvider time)
    {
        /// <summary>Requests that a family may have waiting for one child: more are a slip of the finger, or somebody else's joke.</summary>
        private const int WaitingMax = 5;

        /// <summary>A letter that was found later than this says little about the day it came.</summary>
        private const int ReceivedAgoMax = 365;

        public async Task<Result<RequestItem>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            var today = time.Today();
            var received = request.ReceivedOn ?? today;
            var words = WordsOf(request.Words, "words", faults);
            if (string.IsNullOrWhiteSpace(request.Participant)) faults.Add("participant", "missing");
            if (request.Kind is null) faults.Add("kind", "missing");
            else if (request.Kind is RightsKind.Correct or RightsKind.Oppose && words is null && !faults.Has("words")) faults.Add("words", "missing");
            if (received > today) faults.Add("receivedOn", "inFuture");
            else if (received < today.AddDays(-ReceivedAgoMax)) faults.Add("receivedOn", "tooLongAgo");
            if (!faults.None) return faults.ToError();

            if (idempotency.TryReplay<RequestItem>(out var earlier)) return earlier;
            var id = await keys.NextAsync<RightsRequest>(cancellationToken);
            return await gate.WriteAsync(
                caller.Scope,
                (session, token) => idempotency.OnceAsync(session, () => OpenAsync(session, request, id, received, words, token), token),
                cancellationToken);
        }

        /// <summary>What is said in words: cleaned, not too long, no identity number.</summary>
        internal static string? WordsOf(string? text, string field, Faults faults)
        {
            var words = PersonText.CleanOrNull(text);
            if (words?.Length > RightsRequest.WordsMax) faults.Add(field, "tooLong", ("max", RightsRequest.WordsMax));
            else if (words is not null && PersonText.LooksLikeNationalId(words)) faults.Add(field, "nationalId");
            return words;
        }

        private async Task<Result<RequestItem>> OpenAsync(
            WriteSession session, Request request, int id, DateOnly received, string? words, CancellationToken cancellationToken)
        {
            var key = await ParticipantAliases.ResolveAsync(session.Db, request.Participant, cancellationToken) ?? 0;
            if (!await session.Db.Set<Participant>().AnyAsync(row => row.Id == key, cancellationToken)) return Error.NotFound("participantNotFound");
            var byFamily = caller.Scope.Participants.Length > 0;
            if (byFamily && await session.Db.Set<RightsRequest>().CountAsync(row => row.ParticipantId == key && row.Status == RightsStatus.Open, cancellationToken) >= WaitingMax)
                return Error.Conflict("requestsWaiting");
            var region = await session.Db.Set<Enrollment>().IgnoreQueryFilters().Where(row => row.ParticipantId == key)
                .OrderByDescending(row => row.Id).Select(row => row.RegionId).FirstOrDefaultAsync(cancellationToken);
            var row = new RightsRequest
            {
                Id = id,
                ParticipantId = key,
                RegionId = region,
                Kind = request.Kind!.Value,
                Asker = request.Asker ?? RightsAsker.Guardian,
                ReceivedOn = received,
                DueOn = received.AddDays(settings.AnswerDays),
                OpenedBy = caller.Name,
                OpenedAt = time.GetUtcNow(),
            }.Saying(words);
            session.Rows.Insert(row);
            return RequestItem.Of(row, time);
        }
    }
}
