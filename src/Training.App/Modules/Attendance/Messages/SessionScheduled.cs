namespace Training.App.Modules.Attendance.Messages;

/// <summary>A session was put into a group's calendar.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Version">Its version.</param>
public sealed record SessionScheduled(int SessionId, int Version);
