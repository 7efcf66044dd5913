using System.Globalization;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;

namespace Training.App.Pages.Shared;

/// <summary>
/// A text that depends on a number: the key goes on with <c>.one</c>, <c>.two</c>, <c>.few</c>, <c>.many</c> or <c>.other</c>
/// as the reader's language counts (Unicode plural rules), <c>{0}</c> is the number.
/// </summary>
internal static class Plural
{
    public static string Of(Texts texts, string key, int number) =>
        texts[$"{key}.{Form(number)}", number.ToString("N0", CultureInfo.CurrentCulture)];

    private static string Form(int number) => Languages.Current switch
    {
        "ar" => (number, number % 100) switch
        {
            (1, _) => "one",
            (2, _) => "two",
            (_, >= 3 and <= 10) => "few",
            (_, >= 11) => "many",
            _ => "other",
        },
        "fr" => number < 2 ? "one" : "other",
        _ => number == 1 ? "one" : "other",
    };
}
