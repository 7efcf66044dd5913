namespace Training.App.Modules.Attendance.Messages;

/// <summary>A session was put at another time: the families are to be told.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Version">Its version after it.</param>
public sealed record SessionRescheduled(int SessionId, int Version);
