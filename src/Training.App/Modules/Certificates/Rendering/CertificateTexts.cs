using System.Globalization;
using Training.Pdf.Text;

namespace Training.App.Modules.Certificates.Rendering;

/// <summary>The fixed words of the certificate in both languages, and how dates and hours are written in them.</summary>
internal static class CertificateTexts
{
    private static readonly string[] FrenchMonths =
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

    // The names used in Morocco, not those of the Levant or of Egypt.
    private static readonly string[] ArabicMonths =
        ["يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"];

    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    internal static string TitleFrench(CertificateKind kind) => kind switch
    {
        CertificateKind.Participation => "Attestation de participation",
        CertificateKind.Completion => "Attestation de réussite",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    internal static string TitleArabic(CertificateKind kind) => kind switch
    {
        CertificateKind.Participation => "شهادة مشاركة",
        CertificateKind.Completion => "شهادة إتمام التكوين",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    internal static string DateFrench(DateOnly date) =>
        $"{(date.Day == 1 ? "1er" : Number(date.Day))} {FrenchMonths[date.Month - 1]} {Number(date.Year)}";

    internal static string DateArabic(DateOnly date) => $"{Number(date.Day)} {ArabicMonths[date.Month - 1]} {Number(date.Year)}";

    internal static string BornFrench(HolderGender gender, DateOnly date) =>
        $"{(gender == HolderGender.Female ? "Née" : "Né")} le {DateFrench(date)}";

    internal static string BornArabic(HolderGender gender, DateOnly date) =>
        $"{(gender == HolderGender.Female ? "المزدادة" : "المزداد")} بتاريخ {DateArabic(date)}";

    internal static string HoursFrench(decimal hours) =>
        $"{hours.ToString("0.##", French)}\u00A0{(hours < 2 ? "heure" : "heures")}";

    /// <summary>One and two have words of their own, three to ten take the plural, the rest the singular.</summary>
    internal static string HoursArabic(decimal hours) => hours switch
    {
        1 => "ساعة واحدة",
        2 => "ساعتان",
        >= 3 and <= 10 when hours == decimal.Truncate(hours) => $"{Number((int)hours)} ساعات",
        _ => $"{SafeText.Code(hours.ToString("0.##", French))} ساعة",
    };

    internal static string IssuedFrench(string city, DateOnly date) => $"Fait à {city}, le {DateFrench(date)}";

    private static readonly string[] HijriMonths =
        ["محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة", "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة"];

    private static readonly UmAlQuraCalendar Hijri = new();

    /// <summary>The day by the Umm al-Qura calendar; the months that Morocco proclaims by sight of the moon may begin a day later.</summary>
    internal static string DateHijri(DateOnly date)
    {
        var day = date.ToDateTime(TimeOnly.MinValue);
        return $"{Number(Hijri.GetDayOfMonth(day))} {HijriMonths[Hijri.GetMonth(day) - 1]} {Number(Hijri.GetYear(day))}";
    }

    // The preposition is written together with an Arabic name.
    internal static string IssuedArabic(string city, DateOnly date, bool hijri = false) =>
        $"حرر {(city.Length > 0 && city[0] is >= '\u0620' and <= '\u06D3' ? "ب" + city : SafeText.Isolate(city))} بتاريخ {DateArabic(date)}{(hijri ? $" الموافق {DateHijri(date)}" : "")}";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
