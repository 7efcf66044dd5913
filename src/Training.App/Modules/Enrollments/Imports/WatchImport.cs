using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>
/// Tells a page how an import goes on, as server-sent events, until it rests. Any web process can: it looks at the row, it is not told.
/// </summary>
internal static class WatchImport
{
    /// <summary>Streams that one caller may hold open in one process; the page asks by itself when it is refused.</summary>
    public const int StreamsMax = 4;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan SpeakEvery = TimeSpan.FromSeconds(15);
    private static readonly ConcurrentDictionary<string, int> Open = new();

    /// <summary>What a page shows while it waits.</summary>
    internal sealed record Standing(ImportStatus Status, double Progress, int Rows, int New, int Matched, int AlreadyEnrolled, int PossibleDuplicates, int Refused, int Withdrawn);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/imports/{id}/events", GetAsync).WithName("WatchImport").WithSummary("How an import goes on, as server-sent events.")
            .WithDescription("One event a change, a repeat at least every 15 seconds; ends when the import rests (needsMapping, preview, done, refused, undone, dropped).")
            .Produces<Standing>(StatusCodes.Status200OK, contentType: "text/event-stream").ProducesProblem(404).ProducesProblem(429);

    private static async Task<IResult> GetAsync(string id, ReadDb db, Caller caller, Texts texts, CancellationToken cancellationToken)
    {
        if (OpaqueId.ParseImport(id) is not { } key || await ReadAsync(db, key, cancellationToken) is not { } first)
            return Error.NotFound("importNotFound").ToProblem(texts);
        if (Open.AddOrUpdate(caller.Name, 1, (_, count) => count + 1) > StreamsMax)
        {
            Close(caller.Name);
            return Error.Of(ErrorKind.Invalid, "tooManyRequests").ToProblem(texts, StatusCodes.Status429TooManyRequests);
        }
        return TypedResults.ServerSentEvents(FollowAsync(db, key, first, caller.Name, cancellationToken));
    }

    private static async IAsyncEnumerable<SseItem<Standing>> FollowAsync(
        ReadDb db, int key, Standing first, string caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            yield return new SseItem<Standing>(first);
            var said = first;
            var silence = TimeSpan.Zero;
            using var timer = new PeriodicTimer(LookEvery);
            while (IsWorking(said.Status) && await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (await ReadAsync(db, key, cancellationToken) is not { } now) yield break;
                silence += LookEvery;
                if (now == said && silence < SpeakEvery) continue;
                (said, silence) = (now, TimeSpan.Zero);
                yield return new SseItem<Standing>(now);
            }
        }
        finally
        {
            Close(caller);
        }
    }

    internal static bool IsWorking(ImportStatus status) => status is ImportStatus.Reading or ImportStatus.Committing or ImportStatus.Undoing;

    private static async Task<Standing?> ReadAsync(ReadDb db, int key, CancellationToken cancellationToken) =>
        await db.Set<Import>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken) is { } row
            ? new Standing(
                row.Status, Math.Round(row.Progress, 3), row.Rows, row.New, row.Matched, row.AlreadyEnrolled, row.PossibleDuplicates, row.Refused, row.Withdrawn)
            : null;

    private static void Close(string caller)
    {
        if (Open.AddOrUpdate(caller, 0, (_, count) => count - 1) <= 0) Open.TryRemove(KeyValuePair.Create(caller, 0));
    }
}
