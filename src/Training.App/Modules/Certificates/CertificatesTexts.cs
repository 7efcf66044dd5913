using Training.App.Platform.Localization;

namespace Training.App.Modules.Certificates;

/// <summary>Texts of the public verification page.</summary>
internal sealed class CertificatesTexts : ITextOwner
{
    public IReadOnlyList<FamilyPart> ForFamilies { get; } = [new("why.", "children"), new("rule.", "children")];
}
