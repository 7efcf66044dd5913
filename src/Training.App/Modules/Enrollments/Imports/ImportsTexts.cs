using Training.App.Platform.Localization;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>Texts of the import.</summary>
internal sealed class ImportsTexts : ITextOwner;
