using Training.App.Platform.Localization;

namespace Training.App.Modules.Reporting;

/// <summary>Texts of the figures.</summary>
internal sealed class ReportingTexts : ITextOwner;
