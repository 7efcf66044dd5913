using Training.App.Platform.Localization;

namespace Training.App.Modules.Notifications;

/// <summary>Messages to families, and what staff read about them.</summary>
internal sealed class NotificationsTexts : ITextOwner
{
    public IReadOnlyList<FamilyPart> ForFamilies { get; } = [new("sms.", "sms", "ⵎⵓⵃⵎⵎⴷ ⴰⵎⵉⵏ")];
}
