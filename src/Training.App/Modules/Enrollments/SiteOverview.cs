using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Domain.Attendance;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments;

/// <summary>What a site's own people see first: places, enrollments, attendance and the last imports of the running edition.</summary>
internal static class SiteOverview
{
    private const int ImportsShown = 5;

    /// <param name="Site">Site code; null for the caller's own site.</param>
    internal sealed record Request(string? Site);

    /// <param name="Site">The site.</param>
    /// <param name="Edition">The edition that takes enrollments; null when none does.</param>
    /// <param name="Next">The edition that follows another and takes enrollments: youths can be taken over to it. Null when there is none.</param>
    /// <param name="Limit">The most places over all groups; null when the groups alone decide.</param>
    /// <param name="Groups">Groups of the edition, by name.</param>
    /// <param name="Enrolled">Children who hold a place.</param>
    /// <param name="AwaitingConsent">Of these, children whose guardian has not consented yet.</param>
    /// <param name="Waitlisted">Children who wait for a place.</param>
    /// <param name="Attended">Marks of present or late in closed sessions.</param>
    /// <param name="Marked">All marks in closed sessions.</param>
    /// <param name="Imports">The latest first.</param>
    internal sealed record Response(
        Site Site, Edition? Edition, Edition? Next, int? Limit, IReadOnlyList<GroupItem> Groups, int Enrolled, int AwaitingConsent, int Waitlisted, int Attended, int Marked,
        IReadOnlyList<ImportItem> Imports)
    {
        /// <summary>Places held.</summary>
        public int Taken => Groups.Sum(group => group.Taken);

        /// <summary>Places nobody holds, within the site's limit.</summary>
        public int Free => Math.Min(Groups.Sum(group => group.Free), Limit is { } limit ? Math.Max(0, limit - Taken) : int.MaxValue);
    }

    /// <param name="Id">Group id.</param>
    /// <param name="Name">Name.</param>
    /// <param name="Capacity">Places.</param>
    /// <param name="Taken">Places held.</param>
    /// <param name="Categories">Football categories of its youths, youngest first; empty outside football.</param>
    internal sealed record GroupItem(string Id, string Name, int Capacity, int Taken, IReadOnlyList<AgeCategory> Categories)
    {
        /// <summary>Places nobody holds.</summary>
        public int Free => Math.Max(0, Capacity - Taken);
    }

    internal sealed record ImportItem(string Id, string File, ImportStatus Status, DateTimeOffset CreatedAt, int Rows, int Registered, int Refused);

    internal sealed class Handler(DirectoryCatalog catalog, ReadDb db, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var site = request.Site is not null ? directory.FindSite(request.Site)
                : caller.Scope.Sites is [var own, ..] ? directory.Site(own)
                : null;
            if (site is null || !caller.Scope.Covers(site.Id, site.RegionId)) return Error.NotFound("siteNotFound");
            var today = time.Today();
            var edition = directory.Editions
                .Where(row => row.SiteKind == site.Kind && row.TakesEnrollmentsOn(today)).MinBy(row => row.EndsOn);
            var next = directory.Editions
                .Where(row => row.SiteKind == site.Kind && row.FollowsId is not null && row.TakesEnrollmentsOn(today)).MaxBy(row => row.StartsOn);

            var imports = await ImportsAsync(site.Id, cancellationToken);
            if (edition is null) return new Response(site, null, next, null, [], 0, 0, 0, 0, 0, imports);
            var groups = await db.Set<Group>().Where(row => row.SiteId == site.Id && row.EditionId == edition.Id && row.Capacity > 0).ToListAsync(cancellationToken);
            var counts = await db.Set<Enrollment>().Where(row => row.SiteId == site.Id && row.EditionId == edition.Id && row.Slot == 0)
                .GroupBy(row => row.Status).Select(rows => new { Status = rows.Key, Count = rows.Count() }).ToDictionaryAsync(row => row.Status, row => row.Count, cancellationToken);
            var (attended, marked) = await AttendanceAsync(site.Id, edition.Id, cancellationToken);
            var awaiting = counts.GetValueOrDefault(EnrollmentStatus.AwaitingConsent);
            var categories = await CategoriesAsync(site.Id, edition, cancellationToken);
            return new Response(
                site, edition, next, directory.LimitOf(edition.Id, site.Id),
                [
                    .. groups.OrderBy(row => row.Name, Languages.NameOrder)
                        .Select(row => new GroupItem(OpaqueId.Group(row.Id), row.Name, row.Capacity, row.Taken, [.. categories[row.Id]])),
                ],
                counts.GetValueOrDefault(EnrollmentStatus.Active) + awaiting, awaiting, counts.GetValueOrDefault(EnrollmentStatus.Waitlisted), attended, marked, imports);
        }

        private async Task<ILookup<int, AgeCategory>> CategoriesAsync(int siteId, Edition edition, CancellationToken cancellationToken)
        {
            if (edition.Track != Track.Football) return Array.Empty<(int Group, AgeCategory Category)>().ToLookup(row => row.Group, row => row.Category);
            var years = await (from row in db.Set<Enrollment>()
                               where row.SiteId == siteId && row.EditionId == edition.Id && row.Slot == 0
                               join child in db.Set<Participant>() on row.ParticipantId equals child.Id
                               select new { row.GroupId, child.BirthDate.Year }).Distinct().ToListAsync(cancellationToken);
            return years.Select(row => (Group: row.GroupId, Category: AgeCategory.For(row.Year, edition.SeasonEndYear))).Where(row => row.Category is not null)
                .Distinct().OrderBy(row => row.Category!.Number).ToLookup(row => row.Group, row => row.Category!);
        }

        private async Task<(int Attended, int Marked)> AttendanceAsync(int siteId, int editionId, CancellationToken cancellationToken)
        {
            var marks = from mark in db.Set<AttendanceMark>()
                        join session in db.Set<Session>() on mark.SessionId equals session.Id
                        where session.SiteId == siteId && session.EditionId == editionId && session.Status == SessionStatus.Closed
                        group mark by mark.Status into same
                        select new { Status = same.Key, Count = same.Count() };
            var counts = await marks.ToListAsync(cancellationToken);
            return (counts.Where(row => row.Status is AttendanceStatus.Present or AttendanceStatus.Late).Sum(row => row.Count), counts.Sum(row => row.Count));
        }

        private async Task<IReadOnlyList<ImportItem>> ImportsAsync(int siteId, CancellationToken cancellationToken)
        {
            var imports = await db.Set<Import>().Where(row => row.SiteId == siteId).OrderByDescending(row => row.Id).Take(ImportsShown).ToListAsync(cancellationToken);
            return [.. imports.Select(row => new ImportItem(
                OpaqueId.Import(row.Id), row.FileName, row.Status, row.CreatedAt, row.Rows, row.Status == ImportStatus.Done ? row.New + row.Matched : row.CommittedThrough, row.Refused))];
        }
    }
}
