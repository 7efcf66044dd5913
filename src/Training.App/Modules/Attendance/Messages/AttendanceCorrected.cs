namespace Training.App.Modules.Attendance.Messages;

/// <summary>A mark of a closed session was corrected: figures restate, certificates are looked at again.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Version">Its version after it.</param>
public sealed record AttendanceCorrected(int SessionId, int Version);
