using Training.App.Platform.Localization;

namespace Training.App.Modules.Families;

/// <summary>Texts that families read: short sentences, no jargon.</summary>
internal sealed class FamiliesTexts : ITextOwner;
