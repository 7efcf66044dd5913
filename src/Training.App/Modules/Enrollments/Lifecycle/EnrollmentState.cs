using System.ComponentModel;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Lifecycle;

/// <summary>How an enrollment stands after an act.</summary>
/// <param name="Enrollment">Its id.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Version">Its version, to be sent with the next act.</param>
/// <param name="Site">Its site.</param>
/// <param name="Group">Its group.</param>
/// <param name="OfferExpiresAt">Until when a place is held; null when none is offered.</param>
internal sealed record EnrollmentState(
    string Enrollment, EnrollmentStatus Status, int Version, string Site, string Group,
    [property: Description("Until when a place is held for the family's answer; null when none is offered.")] DateTimeOffset? OfferExpiresAt)
{
    public static EnrollmentState Of(Enrollment row, DirectorySnapshot directory) => new(
        OpaqueId.Enrollment(row.Id), row.Status, row.Version, directory.Site(row.SiteId).Code, OpaqueId.Group(row.GroupId), row.OfferExpiresAt);
}
