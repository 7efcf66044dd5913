using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.Domain.Enrollments;
using Training.Domain.Reporting;

namespace Training.App.Modules.Reporting;

/// <summary>
/// How many children there are behind the enrollments: who takes part in both tracks is one child. Counted from the enrollments
/// themselves, by an index, within the caller's perimeter.
/// </summary>
internal static class CountChildren
{
    /// <param name="AsOf">The instant of the count.</param>
    /// <param name="Children">Children with at least one place (active, or waiting only for a consent); null when withheld.</param>
    /// <param name="Enrollments">Their places in all editions.</param>
    /// <param name="InSeveral">Children with more than one; null when withheld.</param>
    /// <param name="Suppressed">True when so few have several that a subtraction would point at them.</param>
    internal sealed record Response(DateTimeOffset AsOf, int? Children, int Enrollments, int? InSeveral, bool Suppressed);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/children", GetAsync).WithName("CountChildren").WithSummary("How many children are behind the enrollments of all editions.")
            .WithDescription("A child enrolled in both tracks is one. Within the caller's perimeter. Where fewer than five have several enrollments, children and inSeveral are null with suppressed true.")
            .Produces<Response>().ProducesProblem(403);

    private static async Task<IResult> GetAsync(Handler handler, CancellationToken cancellationToken) =>
        TypedResults.Ok(await handler.HandleAsync(cancellationToken));

    internal sealed class Handler(ReadDb db, SmallCells cells, ReportMemory memory, Caller caller, TimeProvider time)
    {
        /// <summary>For pages, which many open at once: counted at most half a minute ago, as it says itself.</summary>
        public Task<Response> RememberedAsync(CancellationToken cancellationToken) =>
            memory.CountAsync(caller.Scope, "children", () => HandleAsync(cancellationToken));

        public async Task<Response> HandleAsync(CancellationToken cancellationToken)
        {
            var places = db.Set<Enrollment>().Where(row => row.Slot == 0 && (row.Status == EnrollmentStatus.Active || row.Status == EnrollmentStatus.AwaitingConsent));
            var enrollments = await places.CountAsync(cancellationToken);
            var several = await places.GroupBy(row => row.ParticipantId).Where(child => child.Count() > 1).Select(child => child.Count()).ToListAsync(cancellationToken);
            var isFew = cells.IsSmall(several.Count);
            return new Response(
                time.GetUtcNow(), isFew ? null : enrollments - several.Sum() + several.Count, enrollments, isFew ? null : several.Count, isFew);
        }
    }
}
