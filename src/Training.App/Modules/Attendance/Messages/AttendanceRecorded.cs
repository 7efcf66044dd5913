namespace Training.App.Modules.Attendance.Messages;

/// <summary>Marks of a session have changed; one event a request, not a mark.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Version">Its version after the change.</param>
public sealed record AttendanceRecorded(int SessionId, int Version);
