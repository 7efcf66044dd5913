using Training.App.Platform.Configuration;

namespace Training.App.Modules.Rights;

/// <summary>Periods of the law that the owner's counsel may move.</summary>
/// <param name="AnswerDays">Days in which a request must be answered.</param>
/// <param name="ReadingMonths">Months for which it is kept who read a file.</param>
internal sealed record RightsSettings(int AnswerDays, int ReadingMonths)
{
    private const int AnswerDaysDefault = 30;
    private const int ReadingMonthsDefault = 36;

    /// <summary>Reads <c>Rights__AnswerDays</c> and <c>Rights__ReadingMonths</c>.</summary>
    /// <exception cref="ConfigurationException">The value cannot be used.</exception>
    public static RightsSettings Read(IConfiguration configuration) =>
        new(Number(configuration, "Rights:AnswerDays") ?? AnswerDaysDefault, Number(configuration, "Rights:ReadingMonths") ?? ReadingMonthsDefault);

    private static int? Number(IConfiguration configuration, string key)
    {
        var value = configuration[key];
        if (string.IsNullOrWhiteSpace(value)) return null;
        return int.TryParse(value, out var number) && number > 0
            ? number
            : throw new ConfigurationException(key.Replace(":", "__", StringComparison.Ordinal), "must be a whole number above zero.");
    }
}
