using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Attendance;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Attendance;

/// <summary>The marks that wait for a person: contradictions, marks after the close or the cut-off, late edits asked for.</summary>
internal static class ListHeldMarks
{
    /// <summary>Most in one answer.</summary>
    public const int Max = 200;

    /// <param name="Session">Session id; null: every session the caller sees.</param>
    /// <param name="Site">Site code; null: every site.</param>
    /// <param name="Decided">True: those that were decided, for the record.</param>
    internal sealed record Request(string? Session, string? Site, bool Decided = false);

    /// <summary>
    /// A mark that waits, named by its id within its session: theirs is what stands (null when nothing does), yours is what waits. The
    /// child's name is null when its file is not the caller's any more. Locked: only a second person of higher scope may put it in.
    /// </summary>
    internal sealed record Item(
        string Session, string MarkId, string Site, string Group, string GroupName, DateOnly Date, string Start, SessionKind Kind,
        string Enrollment, string? Participant, string? Name, string? NameAr, HoldReason Why,
        AttendanceStatus? Theirs, string? TheirsBy, DateTimeOffset? TheirsAt,
        AttendanceStatus Yours, string YoursBy, DateTimeOffset CapturedAt, DateTimeOffset ReceivedAt, string? Reason, bool Locked,
        HoldDecision? Decision, string? DecidedBy, DateTimeOffset? DecidedAt, string? DecisionReason);

    internal sealed record Response(IReadOnlyList<Item> Items, string? Next);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/conflicts", GetAsync).WithName("ListConflicts")
            .WithSummary($"Marks that wait for a person's decision, oldest first, at most {Max}.").Produces<Response>().ProducesProblem(404);

    private static async Task<IResult> GetAsync(
        string? session, string? site, [Description("True: the decided ones.")] bool? decided, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(new Request(session, site, decided == true), cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, DirectoryCatalog catalog, AttendanceCalendar calendar, MarkAuthors authors, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var sessions = db.Set<Session>();
            if (!string.IsNullOrWhiteSpace(request.Site))
            {
                if (directory.FindSite(request.Site) is not { } site) return Error.NotFound("siteNotFound");
                sessions = sessions.Where(row => row.SiteId == site.Id);
            }
            if (!string.IsNullOrWhiteSpace(request.Session))
            {
                var key = OpaqueId.ParseSession(request.Session) ?? 0;
                sessions = sessions.Where(row => row.Id == key);
            }
            var rows = await Waiting(sessions, request.Decided).OrderBy(row => row.Held.ReceivedAt).Take(Max).ToListAsync(cancellationToken);
            var names = await authors.NamesAsync(
                rows.Select(row => row.Held.SentBy).Concat(rows.Select(row => row.Held.DecidedBy).OfType<string>()), cancellationToken);
            var standing = new Dictionary<(int Session, int Version), MarkAuthors.Author>();
            foreach (var group in rows.Where(row => row.Version is not null).GroupBy(row => row.Held.SessionId, row => row.Version!.Value))
            {
                foreach (var (version, author) in await authors.OfVersionsAsync(group.Key, [.. group.Distinct()], cancellationToken))
                    standing[(group.Key, version)] = author;
            }
            var days = await calendar.SnapshotAsync(cancellationToken);
            return new Response(
                [.. rows.Select(row => Show(
                    row, directory, names, standing.GetValueOrDefault((row.Held.SessionId, row.Version ?? 0)),
                    days.IsLocked(row.Session.EditionId, row.Session.Date, time.Today())))],
                Next: null);
        }

        /// <summary>What the book says now makes needless to decide on is not shown: both then say the same.</summary>
        private IQueryable<Row> Waiting(IQueryable<Session> sessions, bool decided) =>
            from held in db.Set<HeldMark>()
            join session in sessions on held.SessionId equals session.Id
            join unit in db.Set<Group>() on session.GroupId equals unit.Id
            join known in db.Set<AttendanceMark>() on new { held.SessionId, held.EnrollmentId } equals new { known.SessionId, known.EnrollmentId } into marks
            from mark in marks.DefaultIfEmpty()
            join enrolled in db.Set<Enrollment>() on held.EnrollmentId equals enrolled.Id into enrollments
            from enrollment in enrollments.DefaultIfEmpty()
            join person in db.Set<Participant>() on enrollment.ParticipantId equals person.Id into people
            from child in people.DefaultIfEmpty()
            where decided ? held.DecidedAt != null : held.DecidedAt == null && (mark == null || mark.Status != held.Status)
            select new Row
            {
                Held = held,
                Session = session,
                GroupName = unit.Name,
                Status = mark == null ? null : mark.Status,
                Version = mark == null ? null : mark.Version,
                ChildId = child == null ? null : child.Id,
                GivenName = child == null ? null : child.GivenName,
                FamilyName = child == null ? null : child.FamilyName,
                GivenNameAr = child == null ? null : child.GivenNameAr,
                FamilyNameAr = child == null ? null : child.FamilyNameAr,
            };

        private static Item Show(Row row, DirectorySnapshot directory, Func<string, string> names, MarkAuthors.Author? author, bool locked)
        {
            var (held, session) = (row.Held, row.Session);
            var arabic = DisplayName.Join(row.GivenNameAr, row.FamilyNameAr);
            return new Item(
                OpaqueId.Session(session.Id), held.MarkId.ToString("D"), directory.Site(session.SiteId).Code, OpaqueId.Group(session.GroupId),
                row.GroupName, session.Date, session.Start.ToString("HH:mm", null), session.Kind, OpaqueId.Enrollment(held.EnrollmentId),
                row.ChildId is { } child ? ParticipantCode.FromKey(child).ToString() : null, DisplayName.Join(row.GivenName, row.FamilyName) ?? arabic, arabic,
                held.Why, row.Status, author?.Name, author?.At, held.Status, names(held.SentBy), held.CapturedAt, held.ReceivedAt, held.Reason, locked,
                held.Decision, held.DecidedBy is { } by ? names(by) : null, held.DecidedAt, held.DecisionReason);
        }
    }

    private sealed class Row
    {
        public required HeldMark Held { get; init; }

        public required Session Session { get; init; }

        public required string GroupName { get; init; }

        public AttendanceStatus? Status { get; init; }

        public int? Version { get; init; }

        public int? ChildId { get; init; }

        public string? GivenName { get; init; }

        public string? FamilyName { get; init; }

        public string? GivenNameAr { get; init; }

        public string? FamilyNameAr { get; init; }
    }
}
