namespace Training.App.Modules.Enrollments.Messages;

/// <summary>An enrollment ended, moved, got its place or its consent: figures and certificates may follow.</summary>
/// <param name="EnrollmentId">The enrollment.</param>
/// <param name="EditionId">Its edition.</param>
/// <param name="SiteId">Its site after the act.</param>
/// <param name="FormerSiteId">Its site before the act; the same when it did not move.</param>
/// <param name="Version">Its version after the act.</param>
public sealed record EnrollmentChanged(int EnrollmentId, int EditionId, int SiteId, int FormerSiteId, int Version);
