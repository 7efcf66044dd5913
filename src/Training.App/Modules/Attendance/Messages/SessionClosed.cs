namespace Training.App.Modules.Attendance.Messages;

/// <summary>A session was closed: its marks count from now on.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Version">Its version after the close.</param>
public sealed record SessionClosed(int SessionId, int Version);
