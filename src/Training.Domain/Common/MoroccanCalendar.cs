using System.Globalization;

namespace Training.Domain.Common;

/// <summary>The two languages in which dates are written out.</summary>
public enum CalendarLanguage
{
    /// <summary>Arabic with the Moroccan month names and Western digits.</summary>
    Arabic,

    /// <summary>French.</summary>
    French,
}

/// <summary>
/// Dates as written in Morocco, independent of the machine's language data: its Arabic month names are not the
/// Levantine or Egyptian ones, and digits are Western in both languages.
/// </summary>
public static class MoroccanCalendar
{
    private static readonly string[] Arabic =
        ["يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"];

    private static readonly string[] French =
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

    /// <summary>The name of a month, 1 to 12.</summary>
    public static string MonthName(int month, CalendarLanguage language)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(month, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(month, 12);
        return (language == CalendarLanguage.Arabic ? Arabic : French)[month - 1];
    }

    /// <summary><c>12 مارس 2014</c> or <c>12 mars 2014</c>; the first of a month is <c>1er</c> in French.</summary>
    public static string LongDate(DateOnly date, CalendarLanguage language)
    {
        var day = language == CalendarLanguage.French && date.Day == 1 ? "1er" : date.Day.ToString(CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{day} {MonthName(date.Month, language)} {date.Year:D4}");
    }

    /// <summary><c>12/03/2014</c>, in both languages.</summary>
    public static string ShortDate(DateOnly date) => date.ToString("dd'/'MM'/'yyyy", CultureInfo.InvariantCulture);
}
