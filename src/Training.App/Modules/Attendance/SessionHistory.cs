using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Attendance;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Attendance;

/// <summary>What happened to a session and its marks, newest first: who, when, before, after, why.</summary>
internal static class SessionHistory
{
    /// <summary>Most of each kind in one answer.</summary>
    public const int Max = 200;

    internal sealed record Response(IReadOnlyList<Change> Session, IReadOnlyList<MarkItem> Marks);

    /// <summary>What was done to the session; a move says from where to where.</summary>
    internal sealed record Change(SessionChangeKind Kind, string By, DateTimeOffset At, int Version, string? Reason, SessionTime? Before, SessionTime? After);

    /// <summary>A change of a mark; the second person is null when nobody had to decide, the name when the file is not the caller's any more.</summary>
    internal sealed record MarkItem(
        string Enrollment, string? Name, string? NameAr, AttendanceStatus? Before, AttendanceStatus After, MarkChangeReason Why,
        string By, string? DecidedBy, DateTimeOffset At, int Version, string? Reason);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/{id}/history", GetAsync).WithName("GetSessionHistory").WithSummary("Who changed what in a session, when and why.")
            .Produces<Response>().ProducesProblem(404);

    private static async Task<IResult> GetAsync(string id, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, MarkAuthors authors)
    {
        public async Task<Result<Response>> HandleAsync(string id, CancellationToken cancellationToken)
        {
            var key = OpaqueId.ParseSession(id) ?? 0;
            if (!await db.Set<Session>().AnyAsync(row => row.Id == key, cancellationToken)) return Error.NotFound("sessionNotFound");
            var changes = await db.Set<SessionChange>().Where(row => row.SessionId == key).OrderByDescending(row => row.Id).Take(Max).ToListAsync(cancellationToken);
            var marks = await (from change in db.Set<MarkChange>()
                               join enrolled in db.Set<Enrollment>() on change.EnrollmentId equals enrolled.Id into enrollments
                               from enrollment in enrollments.DefaultIfEmpty()
                               join person in db.Set<Participant>() on enrollment.ParticipantId equals person.Id into people
                               from child in people.DefaultIfEmpty()
                               where change.SessionId == key
                               orderby change.Version descending
                               select new { Change = change, child.GivenName, child.FamilyName, child.GivenNameAr, child.FamilyNameAr })
                .Take(Max).ToListAsync(cancellationToken);
            var names = await authors.NamesAsync(
                [.. changes.Select(row => row.By), .. marks.Select(row => row.Change.By), .. marks.Select(row => row.Change.DecidedBy).OfType<string>()],
                cancellationToken);
            return new Response(
                [.. changes.Select(row => new Change(row.Kind, names(row.By), row.At, row.Version, row.Reason, row.Before, row.After))],
                [.. marks.Select(row =>
                {
                    var arabic = DisplayName.Join(row.GivenNameAr, row.FamilyNameAr);
                    return new MarkItem(
                        OpaqueId.Enrollment(row.Change.EnrollmentId), DisplayName.Join(row.GivenName, row.FamilyName) ?? arabic, arabic, row.Change.Before,
                        row.Change.After, row.Change.Why, names(row.Change.By), row.Change.DecidedBy is { } by ? names(by) : null, row.Change.At,
                        row.Change.Version, row.Change.Reason);
                })]);
        }
    }
}
