using Training.App.Platform.Localization;

namespace Training.App.Modules.Families;

/// <summary>Texts that families read: short sentences, no jargon.</summary>
internal sealed class FamiliesTexts : ITextOwner
{
    public IReadOnlyList<FamilyPart> ForFamilies { get; } =
    [
        new("code.sms", "sms", "123456"), new("link.sms", "sms", "https://jeunes-ia.example.ma/family/l/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        new("claim.", "claim"), new("code.", "code"), new("link.", "link"), new("children.", "children"), new("consents.", "consents"),
        new("consentText.", "consents"), new("data.", "data"), new("file.", "file"), new("door.", "file"), new("relationship.", "code"),
    ];
}
