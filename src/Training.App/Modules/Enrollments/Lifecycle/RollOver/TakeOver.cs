using System.ComponentModel;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Providers;
using Training.Domain.Common;

namespace Training.App.Modules.Enrollments.Lifecycle.RollOver;

/// <summary>
/// Takes youths over to the edition that follows, each by itself: what is wrong with one keeps nobody else from it. Consent is never
/// carried along: without a new signature the enrollment awaits it. The enrollment before stays as it is.
/// </summary>
internal static class TakeOver
{
    /// <summary>Most youths in one request.</summary>
    public const int ChildrenMax = 500;

    internal sealed record Request(
        string? Site, [property: Description("Code of the edition to come.")] string? To,
        [property: Description("At most 500.")] IReadOnlyList<Child?>? Children);

    /// <param name="Enrollment">Id of the enrollment in the edition before.</param>
    /// <param name="Group">Group id in the edition to come; null: the group of the same name, opened with the same places when there is none.</param>
    /// <param name="Consent">The consent to participation that was signed anew; null: it is awaited.</param>
    internal sealed record Child(string? Enrollment, string? Group = null, SignedConsent? Consent = null);

    /// <param name="Guardian">Order of contact of the guardian who signed, from 1; null: the first.</param>
    /// <param name="GivenOn">The day of the signature, within the last year.</param>
    internal sealed record SignedConsent(int? Guardian, DateOnly? GivenOn);

    internal sealed record Response(int TakenOver, IReadOnlyList<Outcome> Children);

    /// <param name="Enrollment">Id of the enrollment in the edition before, as sent.</param>
    /// <param name="TakenOver">The new enrollment; null when refused.</param>
    /// <param name="Refusal">Why not; null when taken over. <c>alreadyEnrolled</c> is what a repeat gets.</param>
    internal sealed record Outcome(string? Enrollment, EnrollmentState? TakenOver, ListRollOver.RefusalItem? Refusal);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/rollover", PostAsync).WithName("TakeOver")
            .WithSummary("Take youths over to the edition that follows; each gets its own answer, and a repeat changes nothing.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);

    private static async Task<IResult> PostAsync(Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(
        EnrollmentDesk desk, YouthCarrier carrier, DirectoryCatalog catalog, IDatabaseProvider provider, Caller caller, Texts texts, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            if (Check(request) is { } faulty) return faulty;
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var place = RollOverPlace.Find(directory, caller, request.Site, request.To);
            if (!place.Succeeded) return place.Error;
            if (!place.Value.Site.IsOpen) return Error.Rule("siteClosed");
            var children = request.Children!.Select(child => child!).ToArray();
            var keys = await carrier.ReserveAsync(place.Value, children, cancellationToken);
            Task<Result<Response>> Once() => desk.ChangeAsync<Response>(
                async (session, token) =>
                {
                    await desk.LockSiteAsync(session, place.Value.Site.Id, token);
                    var carried = await carrier.CarryAsync(session, place.Value, children, keys, token);
                    var outcomes = children.Zip(carried, (child, result) => new Outcome(
                        child.Enrollment,
                        result.Succeeded ? EnrollmentState.Of(result.Value, directory) : null,
                        result.Succeeded ? null : ListRollOver.RefusalItem.Of(result.Error, texts))).ToArray();
                    return new Response(outcomes.Count(outcome => outcome.TakenOver is not null), outcomes);
                },
                cancellationToken);
            try
            {
                return await Once();
            }
            catch (Exception raced) when (provider.UniqueViolation(raced) is "Enrollments" or "Groups")
            {
                // Somebody enrolled one of them, or opened the group, a moment ago: now it is seen.
                return await Once();
            }
        }

        private Error? Check(Request request)
        {
            var faults = new Faults();
            if (request.Children is not { Count: > 0 } children) faults.Add("children", "missing");
            else if (children.Count > ChildrenMax) faults.Add("children", "tooMany", ("max", ChildrenMax));
            else
            {
                var today = time.Today();
                for (var i = 0; i < children.Count; i++)
                {
                    var field = $"children[{i}]";
                    if (string.IsNullOrWhiteSpace(children[i]?.Enrollment)) faults.Add($"{field}.enrollment", "missing");
                    if (children[i]?.Consent is not { } consent) continue;
                    if (consent.GivenOn is null) faults.Add($"{field}.consent.givenOn", "missing");
                    else if (consent.GivenOn > today) faults.Add($"{field}.consent.givenOn", "inFuture");
                    else if (consent.GivenOn < today.AddYears(-1)) faults.Add($"{field}.consent.givenOn", "tooLongAgo");
                }
            }
            return faults.None ? null : faults.ToError();
        }
    }
}
