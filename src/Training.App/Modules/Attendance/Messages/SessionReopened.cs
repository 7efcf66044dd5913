namespace Training.App.Modules.Attendance.Messages;

/// <summary>A closed session was opened again: its marks do not count until it is closed anew.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Version">Its version after it.</param>
public sealed record SessionReopened(int SessionId, int Version);
