using Training.App.Platform.Localization;

namespace Training.App.Modules.Access;

/// <summary>Texts of signing in.</summary>
internal sealed class AccessTexts : ITextOwner;
