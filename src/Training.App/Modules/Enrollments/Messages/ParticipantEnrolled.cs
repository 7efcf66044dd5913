namespace Training.App.Modules.Enrollments.Messages;

/// <summary>A youth was enrolled, by form or API.</summary>
/// <param name="EnrollmentId">The enrollment.</param>
/// <param name="SiteId">Its site.</param>
/// <param name="EditionId">Its edition.</param>
public sealed record ParticipantEnrolled(int EnrollmentId, int SiteId, int EditionId);
