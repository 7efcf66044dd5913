using System.Globalization;

namespace Training.Domain.Directory;

/// <summary>
/// A football category by birth year: in the season that ends in year E, U-N means born in or after E − N, and a child
/// belongs to the smallest N that fits. Always computed, never typed. Steps and names follow the age-category reference list;
/// U21 is there because an eighteen-year-old at the season's start may already be too old for U19.
/// </summary>
public sealed record AgeCategory
{
    private AgeCategory(int number, string? nameFr, string? nameAr)
    {
        Number = number;
        Code = "U" + number.ToString(CultureInfo.InvariantCulture);
        NameFr = nameFr;
        NameAr = nameAr;
    }

    /// <summary>The N of U-N.</summary>
    public int Number { get; }

    /// <summary><c>U13</c>; the same in every language.</summary>
    public string Code { get; }

    /// <summary>The French name, such as Benjamins; null when the category has none.</summary>
    public string? NameFr { get; }

    /// <summary>The Arabic name; null when the category has none.</summary>
    public string? NameAr { get; }

    /// <summary>Every category, youngest first.</summary>
    public static IReadOnlyList<AgeCategory> All { get; } =
    [
        new(9, "Débutants / école de football", null),
        new(11, "Poussins", "الكتاكيت"),
        new(13, "Benjamins", "البراعم"),
        new(14, null, null),
        new(15, "Minimes", "الصغار"),
        new(17, "Cadets", "الفتيان"),
        new(19, "Juniors", "الشبان"),
        new(21, "Espoirs", "أقل من 21 سنة"),
    ];

    /// <summary>The category of a birth year in the season that ends in <paramref name="seasonEndYear"/> (2027 for 2026/27); null when too old for all.</summary>
    public static AgeCategory? For(int birthYear, int seasonEndYear)
    {
        foreach (var category in All)
            if (birthYear >= seasonEndYear - category.Number) return category;
        return null;
    }

    /// <summary>The category with this code, in either case; null when there is none.</summary>
    public static AgeCategory? FromCode(string? code)
    {
        foreach (var category in All)
            if (string.Equals(category.Code, code, StringComparison.OrdinalIgnoreCase)) return category;
        return null;
    }

    /// <summary>First birth year that may play in this category in the season that ends in <paramref name="seasonEndYear"/>.</summary>
    public int FirstBirthYear(int seasonEndYear) => seasonEndYear - Number;

    /// <inheritdoc />
    public override string ToString() => Code;
}
