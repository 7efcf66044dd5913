using System.Globalization;
using Training.App.Platform.Http;
using Training.Domain.Common;

namespace Training.App.Pages.Shared;

/// <summary>Days as they are said, in the reader's language.</summary>
internal static class Days
{
    // From Sunday, as DayOfWeek counts.
    private static readonly string[] Arabic = ["الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"];

    private static readonly string[] French = ["Dimanche", "Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi"];

    /// <summary><c>23 novembre 2026</c>: the month in words, so that nobody takes it for the day.</summary>
    public static string Date(DateOnly day) => Languages.Current switch
    {
        _ when Languages.IsAmazigh => MoroccanCalendar.ShortDate(day), // In figures: nobody has validated names of days and months.
        "ar" => MoroccanCalendar.LongDate(day, CalendarLanguage.Arabic),
        "fr" => MoroccanCalendar.LongDate(day, CalendarLanguage.French),
        _ => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
    };

    /// <summary><c>Lundi 23 novembre 2026</c>.</summary>
    public static string Long(DateOnly day) => Languages.Current switch
    {
        _ when Languages.IsAmazigh => Date(day),
        "ar" => $"{Arabic[(int)day.DayOfWeek]} {Date(day)}",
        "fr" => $"{French[(int)day.DayOfWeek]} {Date(day)}",
        _ => $"{day.DayOfWeek} {Date(day)}",
    };

    /// <summary><c>Lundi 23 novembre</c>: without the year, for days near today.</summary>
    public static string Near(DateOnly day)
    {
        if (Languages.IsAmazigh) return Date(day);
        var text = Long(day);
        return text[..text.LastIndexOf(' ')];
    }
}
