using System.Globalization;

namespace Training.App.Modules.Access;

/// <summary>Words for a person who is not the one that asks.</summary>
internal static class Speaking
{
    /// <summary>The culture of an account's language.</summary>
    public static CultureInfo Culture(string language) => CultureInfo.GetCultureInfo(language switch { "fr" => "fr-MA", "en" => "en-GB", _ => "ar-MA" });

    /// <summary>Says something in that language.</summary>
    public static T In<T>(string language, Func<T> say)
    {
        var (culture, words) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Culture(language);
        try
        {
            return say();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, words);
        }
    }
}
