namespace Training.App.Modules.Attendance.Messages;

/// <summary>The hours of many sessions were moved at once, or moved back.</summary>
/// <param name="MoveId">The move.</param>
/// <param name="Undone">True when it was taken back.</param>
public sealed record SessionHoursMoved(int MoveId, bool Undone);
