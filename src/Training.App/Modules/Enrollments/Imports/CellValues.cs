using System.Collections.Frozen;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>Words of a cell that stand for one of a few values, in French, Arabic and English.</summary>
internal static class CellValues
{
    private static readonly FrozenDictionary<string, Sex> Sexes = Table(
        (Sex.Female, "f|féminin|femme|fille|female|girl|أنثى|انثى|بنت|طفلة|إناث|ف"),
        (Sex.Male, "m|masculin|homme|h|garçon|g|male|boy|ذكر|ولد|طفل|ذكور|ذ"));

    private static readonly FrozenDictionary<string, Relationship> Relationships = Table(
        (Relationship.Mother, "mère|maman|mere|mother|mum|أم|الأم|أمه|أمها|والدة|الوالدة"),
        (Relationship.Father, "père|papa|pere|father|dad|أب|الأب|أبوه|أبوها|والد|الوالد"),
        (Relationship.LegalGuardian, "tuteur|tutrice|tuteur légal|tutrice légale|responsable|parent|grand-père|grand-mère|oncle|tante|frère|soeur|sœur|kafil|kafala|guardian|legal guardian|"
            + "legalGuardian|ولي|ولي الأمر|الولي|وصي|الوصي|كافل|جد|جدة|عم|عمة|خال|خالة|أخ|أخت"),
        (Relationship.Institution, "institution|établissement|orphelinat|association|مؤسسة|جمعية|دار الأيتام|خيرية"));

    private static readonly FrozenDictionary<string, FamilyLanguage> Languages = Table(
        (FamilyLanguage.Arabic, "ar|arabe|arabic|العربية|عربية|عربي"),
        (FamilyLanguage.French, "fr|français|francais|french|الفرنسية|فرنسية|فرنسي"),
        (FamilyLanguage.Amazigh, "zgh|amazigh|amazighe|tamazight|berbère|الأمازيغية|أمازيغية|ⵜⴰⵎⴰⵣⵉⵖⵜ"));

    private static readonly FrozenSet<string> None =
        "néant|aucun|sans|sans téléphone|pas de téléphone|non|none|no phone|لا يوجد|بدون|لا|بدون هاتف".Split('|').Select(ImportColumns.Fold).ToFrozenSet();

    public static Sex? SexOf(ReadOnlySpan<char> text) => Find(Sexes, text);

    public static Relationship? RelationshipOf(ReadOnlySpan<char> text) => Find(Relationships, text);

    public static FamilyLanguage? LanguageOf(ReadOnlySpan<char> text) => Find(Languages, text);

    /// <summary>True when a phone cell says that there is no phone.</summary>
    public static bool SaysNone(ReadOnlySpan<char> text) => text is "-" or "--" or "/" || (!text.ContainsAnyInRange('0', '9') && None.Contains(ImportColumns.Fold(text.ToString())));

    private static TValue? Find<TValue>(FrozenDictionary<string, TValue> table, ReadOnlySpan<char> text)
        where TValue : struct =>
        // Most lists write the plain word; only the others need folding.
        table.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var value)
        || table.TryGetValue(ImportColumns.Fold(text.ToString()), out value) ? value : null;

    private static FrozenDictionary<string, TValue> Table<TValue>(params (TValue Value, string Words)[] rows)
    {
        var table = new Dictionary<string, TValue>();
        foreach (var (value, words) in rows)
        {
            foreach (var word in words.Split('|'))
            {
                table.TryAdd(ImportColumns.Fold(word), value);
                table.TryAdd(word, value);
                table.TryAdd(char.ToUpperInvariant(word[0]) + word[1..], value);
            }
        }
        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
