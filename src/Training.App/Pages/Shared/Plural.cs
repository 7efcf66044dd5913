using Training.App.Platform.Http;
using Training.App.Platform.Localization;

namespace Training.App.Pages.Shared;

/// <summary>
/// A text that depends on a number: the key goes on with <c>.one</c>, <c>.two</c>, <c>.few</c>, <c>.many</c> or <c>.other</c>
/// as the reader's language counts (Unicode plural rules), <c>{0}</c> is the number.
/// </summary>
internal static class Plural
{
    /// <param name="texts">The reader's texts.</param>
    /// <param name="key">The key without its plural form.</param>
    /// <param name="number">The number that decides the form.</param>
    /// <param name="more">Values for <c>{1}</c> and on.</param>
    public static string Of(Texts texts, string key, int number, params object?[] more) =>
        texts[$"{key}.{Form(number)}", [Numbers.Text(number), .. more]];

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
