using System.Globalization;
using Training.App.Platform.Localization;
using Training.Domain.Registry;

namespace Training.App.Tests.Security;

/// <summary>A consent points to a version of a text: that text must be there, in both languages of the law.</summary>
internal sealed class ConsentTextsTests
{
    [Test]
    public void Every_version_of_every_purpose_has_its_text_in_arabic_and_french()
    {
        var texts = Texts.All["rights"];
        var missing = from version in Enumerable.Range(1, Consent.CurrentTextVersion)
                      from purpose in Enum.GetValues<ConsentPurpose>()
                      from language in (string[])["ar", "fr"]
                      let key = $"consentTexts.v{version}.{char.ToLowerInvariant(purpose.ToString()[0])}{purpose.ToString()[1..]}"
                      where texts.GetResourceSet(CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false)?.GetString(key) is null
                      select $"{language} {key}";

        Assert.That(missing, Is.Empty);
    }
}
