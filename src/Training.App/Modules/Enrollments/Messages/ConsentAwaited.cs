namespace Training.App.Modules.Enrollments.Messages;

/// <summary>
/// A youth was enrolled without the guardian's word for it. An event of its own beside <see cref="ParticipantEnrolled"/>: hardly any
/// registration lacks it, and the others then wake nobody who looks for it.
/// </summary>
/// <param name="EnrollmentId">The enrollment.</param>
public sealed record ConsentAwaited(int EnrollmentId);
