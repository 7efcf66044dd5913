using Training.App.Platform.Localization;

namespace Training.App.Modules.Attendance;

/// <summary>Texts of sessions, rosters and marks.</summary>
internal sealed class AttendanceTexts : ITextOwner;
