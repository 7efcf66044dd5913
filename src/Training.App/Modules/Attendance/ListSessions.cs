using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Attendance.Tournaments;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Attendance;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Attendance;

/// <summary>Sessions by place and day: today's, and those that are past but still open.</summary>
internal static class ListSessions
{
    /// <summary>Most sessions in one answer.</summary>
    public const int Max = 200;

    /// <param name="Site">Site code; null: every site the caller sees.</param>
    /// <param name="Group">Group id; null: every group.</param>
    /// <param name="From">First local day, inclusive; null: no bound.</param>
    /// <param name="To">Last local day, inclusive; null: no bound.</param>
    /// <param name="Status">Where the sessions stand; null: anywhere.</param>
    internal sealed record Request(string? Site, string? Group, DateOnly? From, DateOnly? To, SessionStatus? Status);

    internal sealed record Item(
        string Session, string Group, string GroupName, string Site, string Edition, SessionKind Kind, DateOnly Date, string Start, int Minutes,
        SessionStatus Status, int Version, IReadOnlyList<string> Modules, int Enrolled, int Marked, int Present,
        int AwaitingConsent, int Adults);

    internal sealed record Response(IReadOnlyList<Item> Items, string? Next);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("", GetAsync).WithName("ListSessions").WithSummary($"Sessions by site, group and day, newest first, at most {Max}.")
            .Produces<Response>().ProducesProblem(404);

    private static async Task<IResult> GetAsync(
        string? site, string? group, DateOnly? from, DateOnly? to,
        [Description("open, closed or cancelled.")] string? status, Handler handler, Texts texts, CancellationToken cancellationToken)
    {
        SessionStatus? wanted = null;
        if (!string.IsNullOrEmpty(status))
        {
            if (!Enum.TryParse<SessionStatus>(status, ignoreCase: true, out var parsed) || !Enum.IsDefined(parsed))
            {
                var faults = new Faults();
                faults.Add("status", "unknownValue");
                return faults.ToError().ToProblem(texts);
            }
            wanted = parsed;
        }
        return (await handler.HandleAsync(new Request(site, group, from, to, wanted), cancellationToken)).ToHttp(texts, TypedResults.Ok);
    }

    internal sealed class Handler(ReadDb db, DirectoryCatalog catalog, Caller caller)
    {
        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            // A host sees every squad's day, but on the tournament's page: here it would drown the club's own sessions.
            var (sites, regions) = (caller.Scope.Sites, caller.Scope.Regions);
            var sessions = db.Set<Session>().Where(row => row.HostSiteId == null || caller.Scope.Nation
                || sites.Contains(row.SiteId) || regions.Contains(row.RegionId));
            if (!string.IsNullOrWhiteSpace(request.Site))
            {
                if (directory.FindSite(request.Site) is not { } site) return Error.NotFound("siteNotFound");
                sessions = sessions.Where(row => row.SiteId == site.Id);
            }
            if (!string.IsNullOrWhiteSpace(request.Group))
            {
                var key = OpaqueId.ParseGroup(request.Group) ?? 0;
                sessions = sessions.Where(row => row.GroupId == key);
            }
            if (request.From is { } from) sessions = sessions.Where(row => row.Date >= from);
            if (request.To is { } to) sessions = sessions.Where(row => row.Date <= to);
            if (request.Status is { } status) sessions = sessions.Where(row => row.Status == status);

            var rows = await (from session in sessions
                              join unit in db.Set<Group>() on session.GroupId equals unit.Id
                              orderby session.Date descending, session.Start descending, session.Id descending
                              select new
                              {
                                  Session = session,
                                  unit.Name,
                                  Enrolled = session.SquadId != null ? 0 : db.Set<Enrollment>().Count(row => row.GroupId == session.GroupId && row.Slot == 0
                                      && row.Status != EnrollmentStatus.Waitlisted),
                                  AwaitingConsent = session.SquadId != null ? 0 : db.Set<Enrollment>().Count(row => row.GroupId == session.GroupId && row.Slot == 0
                                      && row.Status == EnrollmentStatus.AwaitingConsent),
                                  Adults = db.Set<SessionAdult>().Count(adult => adult.SessionId == session.Id),
                                  Marked = db.Set<AttendanceMark>().Count(mark => mark.SessionId == session.Id),
                                  Present = db.Set<AttendanceMark>().Count(mark => mark.SessionId == session.Id
                                      && (mark.Status == AttendanceStatus.Present || mark.Status == AttendanceStatus.Late)),
                              }).Take(Max).ToListAsync(cancellationToken);
            var squads = await SquadNames.OfAsync(db, directory, [.. rows.Select(row => row.Session.SquadId).OfType<int>().Distinct()], cancellationToken);
            var ids = rows.Select(row => row.Session.Id).ToArray();
            var covered = await db.Set<SessionModule>().Where(row => ids.Contains(row.SessionId)).ToListAsync(cancellationToken);
            var modules = covered.ToLookup(row => row.SessionId, row => directory.Module(row.ModuleId));

            return new Response(
                [.. rows.Select(row => new Item(
                    OpaqueId.Session(row.Session.Id), OpaqueId.Group(row.Session.GroupId), NameOf(row.Session)?.Name ?? row.Name, directory.Site(row.Session.SiteId).Code,
                    directory.Edition(row.Session.EditionId).Code, row.Session.Kind, row.Session.Date, row.Session.Start.ToString("HH:mm", null), row.Session.Minutes, row.Session.Status,
                    row.Session.Version, [.. modules[row.Session.Id].OrderBy(module => module.Position).Select(module => module.Code)],
                    NameOf(row.Session)?.Players ?? row.Enrolled, row.Marked, row.Present, row.AwaitingConsent, row.Adults))],
                Next: null);

            SquadName? NameOf(Session session) => session.SquadId is { } squad ? squads[squad] : null;
        }
    }
}
