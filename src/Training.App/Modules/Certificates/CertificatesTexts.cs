using Training.App.Platform.Localization;

namespace Training.App.Modules.Certificates;

/// <summary>Texts of the public verification page.</summary>
internal sealed class CertificatesTexts : ITextOwner;
