using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.Domain.Certificates;

/// <summary>
/// How an edition's certificates of one kind look and what they say, from a day on: ministries, partners and wording change, and a
/// certificate keeps what counted on its day of issue. Where an edition has none, the texts and colours of the programme hold.
/// </summary>
public sealed class CertificateDesign
{
    /// <summary>Longest text, in characters.</summary>
    public const int TextMax = 400;

    /// <summary>Longest text in Amazigh, in characters: it has one line of the sheet and stays readable on it.</summary>
    public const int AmazighTextMax = 120;

    /// <summary>Longest title, in characters.</summary>
    public const int TitleMax = 60;

    /// <summary>Longest description of a logo, in characters.</summary>
    public const int LogoTextMax = 120;

    // Against white; what WCAG asks of text.
    private const double ContrastMin = 4.5;

    /// <summary>Internal key.</summary>
    public required int Id { get; init; }

    /// <summary>The edition.</summary>
    public required int EditionId { get; init; }

    /// <summary>The kind.</summary>
    public required CertificateKind Kind { get; init; }

    /// <summary>First day of issue it counts for; until the day before the next one.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>What follows « Nous attestons que … », for a girl; the programme's name follows on a line of its own.</summary>
    public required string TextFrFemale { get; init; }

    /// <summary>The same for a boy.</summary>
    public required string TextFrMale { get; init; }

    /// <summary>What follows « نشهد بأن », for a girl.</summary>
    public required string TextArFemale { get; init; }

    /// <summary>The same for a boy.</summary>
    public required string TextArMale { get; init; }

    /// <summary>Colour of frame and titles, 0xRRGGBB.</summary>
    public required int MainColor { get; init; }

    /// <summary>Colour of the small ornaments, 0xRRGGBB.</summary>
    public required int AccentColor { get; init; }

    /// <summary>Hash of the partner's logo in the file store, PNG or JPEG; null leaves the programme's star.</summary>
    public string? LogoHash { get; private set; }

    /// <summary>What the logo shows, for who cannot see it; null without a logo.</summary>
    public string? LogoText { get; private set; }

    /// <summary>Title in Amazigh (Tifinagh); null where the edition has no validated texts.</summary>
    public string? TitleZgh { get; private set; }

    /// <summary>What is attested in Amazigh, for a girl, as one sentence under the two others; null without a title.</summary>
    public string? TextZghFemale { get; private set; }

    /// <summary>The same for a boy.</summary>
    public string? TextZghMale { get; private set; }

    /// <summary>True when the day of issue is also given by the Hijri calendar, beside the Arabic date.</summary>
    public bool HijriDate { get; init; }

    /// <summary>Adds the texts in Amazigh.</summary>
    public void Say(string title, string female, string male) => (TitleZgh, TextZghFemale, TextZghMale) = (title, female, male);

    /// <summary>Puts a partner's logo in place of the programme's star.</summary>
    /// <param name="hash">Its hash in the file store.</param>
    /// <param name="text">What it shows.</param>
    public void Bear(string hash, string text) => (LogoHash, LogoText) = (hash, text);

    /// <summary>The same for the edition that follows.</summary>
    public CertificateDesign For(int id, Edition edition) => new()
    {
        Id = id, EditionId = edition.Id, Kind = Kind, ValidFrom = edition.StartsOn, TextFrFemale = TextFrFemale, TextFrMale = TextFrMale,
        TextArFemale = TextArFemale, TextArMale = TextArMale, MainColor = MainColor, AccentColor = AccentColor, LogoHash = LogoHash, LogoText = LogoText,
        TitleZgh = TitleZgh, TextZghFemale = TextZghFemale, TextZghMale = TextZghMale, HijriDate = HijriDate,
    };

    /// <summary>Notes what is wrong with a text.</summary>
    /// <returns>The cleaned text.</returns>
    public static string CheckText(string? text, string field, bool arabic, Faults faults, int max = TextMax)
    {
        var clean = PersonText.Clean(text);
        if (clean.Length == 0) faults.Add(field, "missing");
        else if (clean.Length > max) faults.Add(field, "tooLong", ("max", max));
        else if (arabic && !PersonText.ContainsArabic(clean)) faults.Add(field, "notArabic");
        else if (!arabic && PersonText.ContainsArabic(clean)) faults.Add(field, "notLatin");
        return clean;
    }

    /// <summary>Notes what is wrong with a text in Amazigh, which is written in Tifinagh.</summary>
    /// <returns>The cleaned text.</returns>
    public static string CheckTifinagh(string? text, string field, int max, Faults faults)
    {
        var clean = PersonText.Clean(text);
        if (clean.Length == 0) faults.Add(field, "missing");
        else if (clean.Length > max) faults.Add(field, "tooLong", ("max", max));
        else if (!clean.Any(sign => sign is >= '\u2D30' and <= '\u2D7F') || clean.Any(sign => char.IsLetter(sign) && sign is < '\u2D30' or > '\u2D7F'))
            faults.Add(field, "notTifinagh");
        return clean;
    }

    /// <summary>Reads a colour written <c>#0B5A3C</c>; one that cannot be read on white paper is refused.</summary>
    public static int CheckColor(string? text, string field, Faults faults)
    {
        if (text is not ['#', .. { Length: 6 } digits] || !int.TryParse(digits, System.Globalization.NumberStyles.AllowHexSpecifier, null, out var color))
        {
            faults.Add(field, text is null ? "missing" : "unknownColor");
            return 0;
        }
        if (1.05 / (Luminance(color) + 0.05) < ContrastMin) faults.Add(field, "colorTooPale");
        return color;
    }

    private static double Luminance(int color) => 0.2126 * Part(color >> 16) + 0.7152 * Part(color >> 8) + 0.0722 * Part(color);

    private static double Part(int color)
    {
        var value = (color & 255) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
