using Training.App.Platform.Localization;

namespace Training.App.Modules.Operation;

/// <summary>Texts for whoever runs the system.</summary>
internal sealed class OperationTexts : ITextOwner;
