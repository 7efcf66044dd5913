using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Lifecycle;

/// <summary>A group with the youths who hold a place in it or wait for one, and those who left it.</summary>
internal static class ListGroupYouths
{
    /// <param name="Group">Group id.</param>
    /// <param name="Site">Its site.</param>
    /// <param name="Edition">Its edition.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Capacity">Places.</param>
    /// <param name="Taken">Places held.</param>
    /// <param name="Items">The youths, those with a place first, by name.</param>
    /// <param name="Left">Who left and takes part in the edition nowhere, the last first: from here a child can be brought back.</param>
    internal sealed record Response(string Group, string Site, string Edition, string Name, int Capacity, int Taken, IReadOnlyList<Item> Items, IReadOnlyList<LeftItem> Left);

    /// <param name="Enrollment">Enrollment id.</param>
    /// <param name="Participant">Participant code.</param>
    /// <param name="Name">Name in Latin letters, in Arabic ones where only those are known.</param>
    /// <param name="NameAr">Arabic name; null when unknown.</param>
    /// <param name="BirthYear">Birth year.</param>
    /// <param name="Category">Football category; null outside football.</param>
    /// <param name="Status">Where the enrollment stands.</param>
    internal sealed record Item(
        string Enrollment, string Participant, string Name, string? NameAr, int BirthYear, string? Category, EnrollmentStatus Status);

    /// <param name="Enrollment">Enrollment id.</param>
    /// <param name="Participant">Participant code.</param>
    /// <param name="Name">Name in Latin letters, in Arabic ones where only those are known.</param>
    /// <param name="NameAr">Arabic name; null when unknown.</param>
    /// <param name="Since">The day on which the enrollment ended.</param>
    /// <param name="Reason">Why, a stable code.</param>
    internal sealed record LeftItem(string Enrollment, string Participant, string Name, string? NameAr, DateOnly Since, string Reason);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/groups/{id}/youths", GetAsync).WithName("ListGroupYouths").WithSummary("A group and the youths in it, who wait included.")
            .Produces<Response>().ProducesProblem(404);

    private static async Task<IResult> GetAsync(string id, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, DirectoryCatalog catalog, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string id, CancellationToken cancellationToken)
        {
            var key = OpaqueId.ParseGroup(id) ?? 0;
            var group = await db.Set<Group>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            if (group is null || !caller.Scope.CoversGroup(group.Id, group.SiteId, group.RegionId)) return Error.NotFound("groupNotFound");
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var edition = directory.Edition(group.EditionId);
            var rows = await (from row in db.Set<Enrollment>()
                              where row.GroupId == key && row.Slot == 0
                              join child in db.Set<Participant>() on row.ParticipantId equals child.Id
                              select new { row.Id, row.Status, Child = child }).ToListAsync(cancellationToken);
            var items = rows.Select(row =>
            {
                var arabic = DisplayName.Join(row.Child.GivenNameAr, row.Child.FamilyNameAr);
                return new Item(
                    OpaqueId.Enrollment(row.Id), ParticipantCode.FromKey(row.Child.Id).ToString(),
                    DisplayName.Join(row.Child.GivenName, row.Child.FamilyName) ?? arabic ?? "", arabic, row.Child.BirthDate.Year,
                    edition.CategoryOf(row.Child.BirthDate)?.Code, row.Status);
            });
            return new Response(
                id, directory.Site(group.SiteId).Code, edition.Code, group.Name, group.Capacity, group.Taken,
                [.. items.OrderBy(item => item.Status == EnrollmentStatus.Waitlisted).ThenBy(item => item.Name, StringComparer.CurrentCulture)],
                await LeftAsync(key, directory, cancellationToken));
        }

        private async Task<IReadOnlyList<LeftItem>> LeftAsync(int groupId, DirectorySnapshot directory, CancellationToken cancellationToken)
        {
            var rows = await (from place in db.FormerPlaces(directory.RunningOn(time.Today()))
                              where place.GroupId == groupId
                              join child in db.Set<Participant>() on place.ParticipantId equals child.Id
                              orderby place.EndedAt descending, place.Id descending
                              select new { place.Id, place.EndedAt, place.EndReason, Child = child }).ToListAsync(cancellationToken);
            return [.. rows.DistinctBy(row => row.Child.Id).Select(row =>
            {
                var arabic = DisplayName.Join(row.Child.GivenNameAr, row.Child.FamilyNameAr);
                return new LeftItem(
                    OpaqueId.Enrollment(row.Id), ParticipantCode.FromKey(row.Child.Id).ToString(),
                    DisplayName.Join(row.Child.GivenName, row.Child.FamilyName) ?? arabic ?? "", arabic, LocalTime.DayOf(row.EndedAt!.Value), row.EndReason!);
            })];
        }
    }
}
