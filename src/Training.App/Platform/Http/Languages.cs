using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace Training.App.Platform.Http;

/// <summary>The languages a person can choose.</summary>
internal static class Languages
{
    /// <summary>Cookie that remembers the choice.</summary>
    public const string Cookie = "training-language";

    /// <summary>Browsers and callers that ask for nothing we have get Arabic on pages and English from the API.</summary>
    public static ProviderCultureResult? FromHeader(HttpRequest request)
    {
        foreach (var wanted in request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1))
        {
            switch (wanted.Value.ToString().Split('-')[0])
            {
                case "ar": return new ProviderCultureResult("ar-MA");
                case "fr": return new ProviderCultureResult("fr-MA");
                case "en" when request.Path.StartsWithSegments("/api"): return new ProviderCultureResult("en-GB");
            }
        }
        return request.Path.StartsWithSegments("/api") ? new ProviderCultureResult("en-GB") : null;
    }

    /// <summary>Names in the order of the current language, numbers in them by their value: group 2 before group 10.</summary>
    public static StringComparer NameOrder => StringComparer.Create(CultureInfo.CurrentCulture, CompareOptions.NumericOrdering | CompareOptions.IgnoreCase);

    /// <summary>The culture of pages and messages in Amazigh, in Tifinagh.</summary>
    public const string Amazigh = "zgh-MA";

    public static readonly CultureInfo Arabic = CultureInfo.GetCultureInfo("ar-MA"), French = CultureInfo.GetCultureInfo("fr-MA"), AmazighCulture = CultureInfo.GetCultureInfo(Amazigh);

    /// <summary>True on a page and in a message in Amazigh.</summary>
    public static bool IsAmazigh => CultureInfo.CurrentUICulture.Name == Amazigh;

    /// <summary>
    /// Two-letter code of the current request: <c>ar</c>, <c>fr</c> or <c>en</c>. In Amazigh it is <c>ar</c>: what has no Amazigh words of
    /// its own, names of people and places and how numbers are written, is as in Arabic.
    /// </summary>
    public static string Current => IsAmazigh ? "ar" : CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
}
