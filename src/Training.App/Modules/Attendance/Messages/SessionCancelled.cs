namespace Training.App.Modules.Attendance.Messages;

/// <summary>A session was called off: the families are to be told.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Version">Its version after it.</param>
public sealed record SessionCancelled(int SessionId, int Version);
