using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Domain.Attendance;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Lifecycle;

/// <summary>What waits for a coordinator, in numbers with their places: the start of a day's work.</summary>
internal static class DeskOverview
{
    private const int Most = 50;
    private const int ImportsOfAKind = 10;

    /// <param name="DuplicatesWaiting">Pairs of files nobody has decided.</param>
    /// <param name="TransfersOpen">Transfers without an answer.</param>
    /// <param name="SessionsOpen">Past sessions nobody has closed.</param>
    /// <param name="ConsentsAwaited">Children with a place whose guardian has not consented.</param>
    /// <param name="WaitingSites">Sites where children wait for a place, the longest list first; at most 50.</param>
    /// <param name="Imports">The latest ten lists that ask for somebody and the latest ten of the others, the latest first; a dropped one is none of them.</param>
    internal sealed record Response(
        int DuplicatesWaiting, int TransfersOpen, int SessionsOpen, int ConsentsAwaited, IReadOnlyList<WaitingSite> WaitingSites,
        IReadOnlyList<ImportItem> Imports);

    /// <param name="Site">Site code.</param>
    /// <param name="Waiting">Children who wait.</param>
    /// <param name="Offered">Of these, children for whom a place is held until the family answers.</param>
    internal sealed record WaitingSite(string Site, int Waiting, int Offered);

    /// <param name="Import">Import id.</param>
    /// <param name="File">Name of the file.</param>
    /// <param name="Site">Site code; null when the list names its sites.</param>
    /// <param name="Status">Where it stands.</param>
    /// <param name="CreatedAt">When it was sent.</param>
    /// <param name="Registered">Rows registered.</param>
    /// <param name="Refused">Rows refused.</param>
    /// <param name="ToDecide">Rows that look like a known child and wait for a decision.</param>
    internal sealed record ImportItem(
        string Import, string File, string? Site, ImportStatus Status, DateTimeOffset CreatedAt, int Registered, int Refused, int ToDecide);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/desk", GetAsync).RequireAuthorization(Policies.Coordinate).WithName("DeskOverview")
            .WithSummary("What waits for a coordinator: duplicates, transfers, waiting lists, lists, past sessions.").Produces<Response>();

    private static async Task<IResult> GetAsync(Handler handler, CancellationToken cancellationToken) => TypedResults.Ok(await handler.HandleAsync(cancellationToken));

    internal sealed class Handler(ReadDb db, DirectoryCatalog catalog, TimeProvider time)
    {
        public async Task<Response> HandleAsync(CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var today = time.Today();
            var waiting = await WaitingList.Waiting(db.Set<Enrollment>()).GroupBy(row => row.SiteId)
                .Select(rows => new { Site = rows.Key, Waiting = rows.Count(), Offered = rows.Count(row => row.OfferExpiresAt != null) })
                .OrderByDescending(row => row.Waiting).ThenBy(row => row.Site).Take(Most).ToListAsync(cancellationToken);
            // As many of each kind: lists that nobody finished must not push the finished ones out, nor the other way round.
            var unfinished = db.Set<Import>().Where(row => row.Status == ImportStatus.NeedsMapping || row.Status == ImportStatus.Preview);
            var others = db.Set<Import>().Where(row => row.Status != ImportStatus.NeedsMapping && row.Status != ImportStatus.Preview && row.Status != ImportStatus.Dropped);
            List<Import> imports =
            [
                .. await unfinished.OrderByDescending(row => row.Id).Take(ImportsOfAKind).ToListAsync(cancellationToken),
                .. await others.OrderByDescending(row => row.Id).Take(ImportsOfAKind).ToListAsync(cancellationToken),
            ];
            return new Response(
                await db.Set<DuplicatePair>().CountAsync(row => row.Decision == PairDecision.Waiting, cancellationToken),
                await db.Set<Transfer>().CountAsync(row => row.Slot == 0, cancellationToken),
                await db.Set<Session>().CountAsync(row => row.Status == SessionStatus.Open && row.Date < today, cancellationToken),
                await db.Set<Enrollment>().CountAsync(row => row.Slot == 0 && row.Status == EnrollmentStatus.AwaitingConsent, cancellationToken),
                [.. waiting.Select(row => new WaitingSite(directory.Site(row.Site).Code, row.Waiting, row.Offered))],
                [.. imports.OrderByDescending(row => row.Id).Select(row => new ImportItem(
                    OpaqueId.Import(row.Id), row.FileName, row.SiteId is { } site ? directory.Site(site).Code : null, row.Status, row.CreatedAt,
                    row.Status == ImportStatus.Done ? row.New + row.Matched : row.CommittedThrough, row.Refused, row.PossibleDuplicates))]);
        }
    }
}
