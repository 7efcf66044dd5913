using System.ComponentModel;
using System.Text.Json.Serialization;
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
        HoldDecision? Decision, string? DecidedBy, DateTimeOffset? DecidedAt, string? DecisionReason)
    {
        /// <summary>True when the reader decides there for a region or the nation; for pages.</summary>
        [JsonIgnore]
        public bool Coordinates { get; init; }
    }

    internal sealed record Response(IReadOnlyList<Item> Items, string? Next);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/conflicts", GetAsync).WithName("ListConflicts")
            .WithSummary($"Marks that wait for a person's decision, oldest first, at most {Max}.").Produces<Response>().ProducesProblem(404);

    private static async Task<IResult> GetAsync(
        string? session, string? site, [Description("True: the decided ones.")] bool? decided, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(new Request(session, site, decided == true), cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, DirectoryCatalog catalog, AttendanceCalendar calendar, MarkAuthors authors, Caller caller, TimeProvider time)
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
            var rows = await ReadAsync(sessions, request.Decided, cancellationToken);
            var names = await authors.NamesAsync(
                rows.Select(row => row.Held.SentBy).Concat(rows.Select(row => row.Held.DecidedBy).OfType<string>()), cancellationToken);
            var standing = new Dictionary<(int Session, int Version), MarkAuthors.Author>();
            foreach (var group in rows.Where(row => row.Mark is not null).GroupBy(row => row.Held.SessionId, row => row.Mark!.Version))
            {
                foreach (var (version, author) in await authors.OfVersionsAsync(group.Key, [.. group.Distinct()], cancellationToken))
                    standing[(group.Key, version)] = author;
            }
            var days = await calendar.SnapshotAsync(cancellationToken);
            return new Response(
                [.. rows.Select(row => Show(
                    row, directory, names, standing.GetValueOrDefault((row.Held.SessionId, row.Mark?.Version ?? 0)),
                    days.IsLocked(row.Session.EditionId, row.Session.Date, time.Today())))],
                Next: null);
        }

        private async Task<List<Row>> ReadAsync(IQueryable<Session> sessions, bool decided, CancellationToken cancellationToken)
        {
            var held = await (from mark in db.Set<HeldMark>()
                              join session in sessions on mark.SessionId equals session.Id
                              join unit in db.Set<Group>() on session.GroupId equals unit.Id
                              where decided ? mark.DecidedAt != null : mark.DecidedAt == null
                              orderby mark.ReceivedAt
                              select new { Held = mark, Session = session, unit.Name }).Take(Max).ToListAsync(cancellationToken);
            if (held.Count == 0) return [];
            var (ids, children) = (held.Select(row => row.Held.SessionId).Distinct().ToArray(), held.Select(row => row.Held.EnrollmentId).Distinct().ToArray());
            // The sessions are the caller's, and so are the marks on their sheets, also of a child who has gone to another site.
            var marks = await db.Set<AttendanceMark>().IgnoreQueryFilters().Where(row => ids.Contains(row.SessionId) && children.Contains(row.EnrollmentId))
                .ToDictionaryAsync(row => (row.SessionId, row.EnrollmentId), cancellationToken);
            var people = await (from enrollment in db.Set<Enrollment>()
                                join child in db.Set<Participant>() on enrollment.ParticipantId equals child.Id
                                where children.Contains(enrollment.Id)
                                select new { enrollment.Id, Child = child }).ToDictionaryAsync(row => row.Id, row => row.Child, cancellationToken);
            return [.. held.Select(row => new Row(
                    row.Held, row.Session, row.Name, marks.GetValueOrDefault((row.Held.SessionId, row.Held.EnrollmentId)), people.GetValueOrDefault(row.Held.EnrollmentId)))
                // What the book has come to agree with needs no decision any more.
                .Where(row => decided || row.Mark?.Status != row.Held.Status)];
        }

        private Item Show(Row row, DirectorySnapshot directory, Func<string, string> names, MarkAuthors.Author? author, bool locked)
        {
            var (held, session) = (row.Held, row.Session);
            var arabic = DisplayName.Join(row.Child?.GivenNameAr, row.Child?.FamilyNameAr);
            return new Item(
                OpaqueId.Session(session.Id), held.MarkId.ToString("D"), directory.Site(session.SiteId).Code, OpaqueId.Group(session.GroupId),
                row.GroupName, session.Date, session.Start.ToString("HH:mm", null), session.Kind, OpaqueId.Enrollment(held.EnrollmentId),
                row.Child is { } child ? ParticipantCode.FromKey(child.Id).ToString() : null,
                DisplayName.Join(row.Child?.GivenName, row.Child?.FamilyName) ?? arabic, arabic,
                held.Why, row.Mark?.Status, author?.Name, author?.At, held.Status, names(held.SentBy), held.CapturedAt, held.ReceivedAt, held.Reason, locked,
                held.Decision, held.DecidedBy is { } by ? names(by) : null, held.DecidedAt, held.DecisionReason)
            {
                Coordinates = DecideHeldMark.Coordinates(caller, session.SiteId, session.RegionId, session.HostSiteId),
            };
        }
    }

    private sealed record Row(HeldMark Held, Session Session, string GroupName, AttendanceMark? Mark, Participant? Child);
}
