using Training.Domain.Registry.Names;

namespace Training.Domain.Common;

/// <summary>Month names and abbreviations as found in club lists: French, English, and Arabic of Morocco, Egypt and the Levant.</summary>
internal static class MonthNames
{
    public const int MaxLength = 16;

    private static readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> ByFoldedName = Build();

    /// <summary>1 to 12, or 0 when the word is no month.</summary>
    public static int Find(ReadOnlySpan<char> word)
    {
        Span<char> folded = stackalloc char[MaxLength * 2];
        var length = PersonText.ContainsArabic(word) ? ArabicLetters.Fold(word, folded) : LatinLetters.Fold(word, folded);
        return ByFoldedName.TryGetValue(folded[..length], out var month) ? month : 0;
    }

    private static Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Build()
    {
        string[] names =
        [
            "janvier janv jan january يناير جانفي كانونالثاني",
            "fevrier fevr fev february feb فبراير فيفري شباط",
            "mars mar march مارس آذار مارش",
            "avril avr april apr أبريل إبريل أفريل نيسان",
            "mai may ماي مايو أيار",
            "juin june jun يونيو يونيه جوان حزيران",
            "juillet juil july jul يوليوز يوليو يوليه جويلية تموز",
            "aout august aug غشت أغسطس آب أوت",
            "septembre sept sep september شتنبر سبتمبر أيلول",
            "octobre oct october أكتوبر تشرينالأول",
            "novembre nov november نونبر نوفمبر تشرينالثاني",
            "decembre dec december دجنبر ديسمبر كانونالأول",
        ];
        var months = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var month = 1; month <= 12; month++)
            foreach (var name in names[month - 1].Split(' '))
                months[PersonText.ContainsArabic(name) ? NameKeys.FoldArabic(name) : NameKeys.FoldLatin(name)] = month;
        return months.GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
