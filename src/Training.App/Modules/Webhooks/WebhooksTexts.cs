using Training.App.Platform.Localization;

namespace Training.App.Modules.Webhooks;

/// <summary>Texts about partners' systems that are told of events.</summary>
internal sealed class WebhooksTexts : ITextOwner;
