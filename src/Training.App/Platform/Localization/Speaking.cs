using System.Globalization;
using Training.Domain.Registry;

namespace Training.App.Platform.Localization;

/// <summary>The language of texts that are made outside a request, until it is disposed.</summary>
internal sealed class Speaking : IDisposable
{
    private readonly CultureInfo culture = CultureInfo.CurrentCulture, words = CultureInfo.CurrentUICulture;

    private Speaking()
    {
    }

    /// <summary>Amazigh families get Arabic: most phones have no letters of Tifinagh and show boxes.</summary>
    public static Speaking In(FamilyLanguage language)
    {
        var former = new Speaking();
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language == FamilyLanguage.French ? "fr-MA" : "ar-MA");
        return former;
    }

    public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, words);
}
