using System.Globalization;
using Training.App.Platform.Http;
using Training.Domain.Registry;

namespace Training.App.Platform.Localization;

/// <summary>The language of texts that are made outside a request, until it is disposed.</summary>
internal sealed class Speaking : IDisposable
{
    private readonly CultureInfo culture = CultureInfo.CurrentCulture, words = CultureInfo.CurrentUICulture;

    private Speaking()
    {
    }

    /// <param name="language">Amazigh where its texts are validated (<see cref="AmazighTexts.LanguageAsync"/>); names and numbers then stay as in Arabic.</param>
    public static Speaking In(FamilyLanguage language)
    {
        var former = new Speaking();
        CultureInfo.CurrentCulture = language == FamilyLanguage.French ? Languages.French : Languages.Arabic;
        CultureInfo.CurrentUICulture = language == FamilyLanguage.Amazigh ? Languages.AmazighCulture : CultureInfo.CurrentCulture;
        return former;
    }

    public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, words);
}
