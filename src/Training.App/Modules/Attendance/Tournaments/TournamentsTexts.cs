using Training.App.Platform.Localization;

namespace Training.App.Modules.Attendance.Tournaments;

/// <summary>Texts of tournaments, squads and eligibility.</summary>
internal sealed class TournamentsTexts : ITextOwner;
