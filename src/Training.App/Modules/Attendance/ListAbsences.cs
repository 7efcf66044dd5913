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

/// <summary>Children of a site who were absent several times in a row: their families are to be called. It judges nobody.</summary>
internal static class ListAbsences
{
    /// <summary>How far back is looked, in days.</summary>
    public const int DaysBack = 60;

    /// <param name="Site">Site code; null for the caller's own site.</param>
    internal sealed record Request(string? Site);

    internal sealed record Response(string Site, IReadOnlyList<Item> Items, string? Next);

    /// <summary>A child, and the absences in a row up to the last session.</summary>
    internal sealed record Item(
        string Enrollment, string Participant, string Name, string? NameAr, string Group, string GroupName, int Absences, DateOnly Since);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/absences", GetAsync).WithName("ListAbsences").WithSummary("Children absent several times in a row, to be called.")
            .Produces<Response>().ProducesProblem(404);

    private static async Task<IResult> GetAsync(string? site, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(new Request(site), cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, DirectoryCatalog catalog, AttendanceCalendar calendar, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var site = !string.IsNullOrWhiteSpace(request.Site) ? directory.FindSite(request.Site)
                : caller.Scope.Sites is [var own, ..] ? directory.Site(own) : null;
            if (site is null || !caller.Scope.Covers(site.Id, site.RegionId)) return Error.NotFound("siteNotFound");
            var today = time.Today();
            var first = today.AddDays(-DaysBack);
            var rows = await (from mark in db.Set<AttendanceMark>()
                              join session in db.Set<Session>() on mark.SessionId equals session.Id
                              join enrollment in db.Set<Enrollment>() on mark.EnrollmentId equals enrollment.Id
                              // Who left and came back has two enrollments and one row of absences.
                              join live in db.Set<Enrollment>() on new { enrollment.ParticipantId, enrollment.EditionId } equals new { live.ParticipantId, live.EditionId }
                              where session.SiteId == site.Id && session.Status != SessionStatus.Cancelled && session.Date >= first && session.Date <= today
                                  && live.Slot == 0 && live.SiteId == site.Id && mark.Status != AttendanceStatus.Excused
                              select new { EnrollmentId = live.Id, mark.Status, session.Date, session.Start, session.EditionId }).ToListAsync(cancellationToken);
            var days = await calendar.SnapshotAsync(cancellationToken);
            var runs = new Dictionary<int, (int Count, DateOnly Since)>();
            foreach (var child in rows.GroupBy(row => row.EnrollmentId))
            {
                var run = child.OrderByDescending(row => row.Date).ThenByDescending(row => row.Start).TakeWhile(row => row.Status == AttendanceStatus.Absent).ToList();
                if (run.Count > 0 && run.Count >= days.AbsencesToCall(run[0].EditionId)) runs.Add(child.Key, (run.Count, run[^1].Date));
            }
            return new Response(site.Code, await NamedAsync(runs, cancellationToken), Next: null);
        }

        private async Task<List<Item>> NamedAsync(Dictionary<int, (int Count, DateOnly Since)> runs, CancellationToken cancellationToken)
        {
            if (runs.Count == 0) return [];
            var ids = runs.Keys.ToArray();
            var children = await (from enrollment in db.Set<Enrollment>()
                                  join child in db.Set<Participant>() on enrollment.ParticipantId equals child.Id
                                  join unit in db.Set<Group>() on enrollment.GroupId equals unit.Id
                                  where ids.Contains(enrollment.Id)
                                  select new { enrollment.Id, enrollment.GroupId, unit.Name, Child = child }).ToListAsync(cancellationToken);
            return [.. children.OrderByDescending(row => runs[row.Id].Count).ThenBy(row => row.Id).Select(row =>
            {
                var arabic = DisplayName.Join(row.Child.GivenNameAr, row.Child.FamilyNameAr);
                return new Item(
                    OpaqueId.Enrollment(row.Id), ParticipantCode.FromKey(row.Child.Id).ToString(),
                    DisplayName.Join(row.Child.GivenName, row.Child.FamilyName) ?? arabic ?? "", arabic, OpaqueId.Group(row.GroupId), row.Name,
                    runs[row.Id].Count, runs[row.Id].Since);
            })];
        }
    }
}
