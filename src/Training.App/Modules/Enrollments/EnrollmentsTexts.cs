using Training.App.Platform.Localization;

namespace Training.App.Modules.Enrollments;

/// <summary>Texts of registering and importing.</summary>
internal sealed class EnrollmentsTexts : ITextOwner;
