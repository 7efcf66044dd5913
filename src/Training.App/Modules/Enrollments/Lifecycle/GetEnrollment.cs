using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Lifecycle;

/// <summary>How an enrollment stands, its place on the waiting list and its history. Of the child it says what a roster says, so it is no reading of the file.</summary>
internal static class GetEnrollment
{
    /// <param name="Enrollment">Its id.</param>
    /// <param name="Participant">Participant code; null to a club that the child has left for good.</param>
    /// <param name="Name">The child's name in Latin letters, in Arabic ones where only those are known; null like the code.</param>
    /// <param name="NameAr">Arabic name; null when unknown.</param>
    /// <param name="Category">Football category; null outside football.</param>
    /// <param name="Edition">Its edition.</param>
    /// <param name="Site">Its site.</param>
    /// <param name="Group">Its group.</param>
    /// <param name="Status">Where it stands.</param>
    /// <param name="Version">To be sent with the next act.</param>
    /// <param name="OfferExpiresAt">Until when a place is held; null when none is offered.</param>
    /// <param name="Position">Place on the waiting list, from 1: the group's, or the site's where the site has a limit; null when it does not wait.</param>
    /// <param name="Waiting">How many are on that list; null when it does not wait.</param>
    /// <param name="EndReason">Why it ended; null while live.</param>
    /// <param name="GoesOn">Where the child goes on when this place ended because it had a second file; null otherwise.</param>
    /// <param name="History">What happened, the latest first; the registration is its last line.</param>
    internal sealed record Response(
        string Enrollment, string? Participant, string? Name, string? NameAr, string? Category, string Edition, string Site, string Group,
        EnrollmentStatus Status, int Version, DateTimeOffset? OfferExpiresAt,
        int? Position, int? Waiting, string? EndReason, Place? GoesOn, IReadOnlyList<Line> History);

    /// <param name="Participant">Participant code of the file that goes on.</param>
    /// <param name="Site">The site that has the child.</param>
    internal sealed record Place(string Participant, string Site);

    /// <param name="Act">What happened: an act, or <c>registered</c>, <c>imported</c>.</param>
    /// <param name="At">When.</param>
    /// <param name="By">Who: <c>account:7</c>, <c>key:3</c>, <c>system</c>; null for a registration from before this was kept.</param>
    /// <param name="Version">The enrollment's version after it.</param>
    /// <param name="FromSite">Site before; null for the registration.</param>
    /// <param name="ToSite">Site after.</param>
    /// <param name="FromStatus">Status before; null for the registration.</param>
    /// <param name="ToStatus">Status after; null for the registration.</param>
    /// <param name="Reason">Stable code; null when none was asked for.</param>
    /// <param name="Note">In words; null when none.</param>
    internal sealed record Line(
        string Act, DateTimeOffset At, string? By, int Version, string? FromSite, string ToSite, EnrollmentStatus? FromStatus,
        EnrollmentStatus? ToStatus, string? Reason, string? Note);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/enrollments/{id}", GetAsync).WithName("GetEnrollment")
            .WithSummary("How an enrollment stands, its place on the waiting list and its history.")
            .Produces<Response>().ProducesProblem(404);

    private static async Task<IResult> GetAsync(string id, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, DirectoryCatalog catalog, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string id, CancellationToken cancellationToken)
        {
            var key = OpaqueId.ParseEnrollment(id) ?? 0;
            var row = await db.Set<Enrollment>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            if (row is null) return Error.NotFound("enrollmentNotFound");
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var changes = await db.Set<EnrollmentChange>().Where(change => change.EnrollmentId == key)
                .OrderByDescending(change => change.Version).ToListAsync(cancellationToken);
            var (position, waiting) = await PositionAsync(row, directory, cancellationToken);
            var child = await db.Set<Participant>().SingleOrDefaultAsync(person => person.Id == row.ParticipantId, cancellationToken)
                ?? await db.FormerPeople(directory.RunningOn(time.Today())).SingleOrDefaultAsync(person => person.Id == row.ParticipantId, cancellationToken);
            var arabic = DisplayName.Join(child?.GivenNameAr, child?.FamilyNameAr);
            return new Response(
                id, child is null ? null : ParticipantCode.FromKey(child.Id).ToString(), DisplayName.Join(child?.GivenName, child?.FamilyName) ?? arabic, arabic,
                child is null ? null : directory.Edition(row.EditionId).CategoryOf(child.BirthDate)?.Code, directory.Edition(row.EditionId).Code, directory.Site(row.SiteId).Code, OpaqueId.Group(row.GroupId), row.Status, row.Version,
                row.OfferExpiresAt, position, waiting, row.EndReason, await GoesOnAsync(row, directory, cancellationToken),
                [
                    .. changes.Where(change => change.Act != EnrollmentAct.Registered).Select(change => LineOf(change, directory)),
                    await BeginningAsync(row, changes, directory, cancellationToken),
                ]);
        }

        /// <summary>The registration, by whoever did it: in person, by a list, or with the act that made this enrollment of an earlier one.</summary>
        private async Task<Line> BeginningAsync(
            Enrollment row, List<EnrollmentChange> changes, DirectorySnapshot directory, CancellationToken cancellationToken)
        {
            var site = directory.Site(changes is [.., var earliest] ? earliest.FromSiteId : row.SiteId).Code;
            var by = row.ImportId is { } list
                ? await db.Set<Import>().IgnoreQueryFilters().Where(import => import.Id == list).Select(import => import.UploadedBy).SingleOrDefaultAsync(cancellationToken)
                : changes.FirstOrDefault(change => change.Version == 1)?.By;
            return new Line(row.ImportId is null ? "registered" : "imported", row.EnrolledAt, by, 1, null, site, null, null, null, null);
        }

        private async Task<(int? Position, int? Waiting)> PositionAsync(Enrollment row, DirectorySnapshot directory, CancellationToken cancellationToken)
        {
            if (!row.IsLive || row.Status != EnrollmentStatus.Waitlisted) return (null, null);
            var others = WaitingList.Waiting(db.Set<Enrollment>());
            // Where the site has a limit, a place that comes free is one of the site.
            others = directory.LimitOf(row.EditionId, row.SiteId) is null
                ? others.Where(other => other.GroupId == row.GroupId)
                : others.Where(other => other.SiteId == row.SiteId && other.EditionId == row.EditionId);
            var order = await WaitingList.Ordered(others)
                .Select(other => other.Id).ToListAsync(cancellationToken);
            return (order.IndexOf(row.Id) + 1, order.Count);
        }

        private async Task<Place?> GoesOnAsync(Enrollment row, DirectorySnapshot directory, CancellationToken cancellationToken)
        {
            if (row.MergedIntoId is not { } into) return null;
            var site = await db.Set<Enrollment>().IgnoreQueryFilters().Where(other => other.Id == into).Select(other => other.SiteId).SingleAsync(cancellationToken);
            return new Place(ParticipantCode.FromKey(row.ParticipantId).ToString(), directory.Site(site).Code);
        }

        private static Line LineOf(EnrollmentChange change, DirectorySnapshot directory) => new(
            NameOf(change.Act), change.At, change.By, change.Version, directory.Site(change.FromSiteId).Code, directory.Site(change.ToSiteId).Code,
            change.FromStatus, change.ToStatus, change.Reason, change.Note);
    }

    /// <summary>An act's public name.</summary>
    public static string NameOf(EnrollmentAct act) => char.ToLowerInvariant(act.ToString()[0]) + act.ToString()[1..];
}
