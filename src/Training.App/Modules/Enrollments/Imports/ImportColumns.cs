using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Training.Domain.Common;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>What a column of a list can mean. The names are public.</summary>
internal enum ImportField
{
    GivenName,
    FamilyName,
    GivenNameAr,
    FamilyNameAr,
    FullName,
    BirthDate,
    Sex,
    MassarCode,
    Province,
    Site,
    Group,
    GuardianName,
    GuardianRelationship,
    GuardianPhone,
    Language,
    ConsentOn,
    LicenceNumber,
    FifaId,
    Note,
}

/// <summary>
/// The headings by which clubs and youth houses name their columns, in French, Arabic and English. Case, accents, hamza, spaces and
/// punctuation do not matter, nor does what stands in brackets unless the table names it.
/// </summary>
internal static class ImportColumns
{
    private static readonly (ImportField Field, string Headings)[] Table =
    [
        (ImportField.GivenName, "prénom|prénom de l'enfant|prénom du joueur|prénom (français)|prénom fr|prénom (latin)|given name|first name|forename|givenName"),
        (ImportField.FamilyName, "nom|nom de famille|nom de l'enfant|nom du joueur|nom (français)|nom fr|nom (latin)|family name|last name|surname|familyName"),
        (ImportField.GivenNameAr, "prénom (arabe)|prénom arabe|prénom ar|prénom en arabe|الاسم الشخصي|الاسم|الإسم الشخصي|اسم الطفل|given name (arabic)|first name (arabic)|givenNameAr"),
        (ImportField.FamilyNameAr, "nom (arabe)|nom arabe|nom ar|nom en arabe|الاسم العائلي|النسب|اللقب|الإسم العائلي|family name (arabic)|last name (arabic)|familyNameAr"),
        (ImportField.FullName, "nom complet|nom et prénom|nom & prénom|noms et prénoms|prénom et nom|nom prénom|prénom nom|joueur|enfant|bénéficiaire|participant|الاسم الكامل|"
            + "الاسم الشخصي والعائلي|الاسم العائلي والشخصي|الاسم والنسب|الاسم و النسب|full name|name|child name|player|fullName"),
        (ImportField.BirthDate, "date de naissance|date naissance|né(e) le|né le|née le|naissance|ddn|d.d.n|تاريخ الازدياد|تاريخ الإزدياد|تاريخ الميلاد|تاريخ الولادة|مزداد في|"
            + "date of birth|birth date|birthday|dob|birthDate"),
        (ImportField.Sex, "sexe|genre|f/m|m/f|g/f|الجنس|النوع|sex|gender"),
        (ImportField.MassarCode, "massar|code massar|n° massar|numéro massar|code élève|مسار|رمز مسار|رقم مسار|massar code|massarCode"),
        (ImportField.Province, "province|préfecture|province de résidence|province/préfecture|province ou préfecture|الإقليم|العمالة|الإقليم أو العمالة|العمالة أو الإقليم"),
        (ImportField.Site, "site|club|code club|code du club|code site|code du site|centre|centre de formation|maison de jeunes|maison des jeunes|établissement|النادي|المركز|دار الشباب|رمز النادي|"
            + "رمز المركز|رمز الموقع|site code|club code|youth house"),
        (ImportField.Group, "groupe|équipe|المجموعة|الفوج|الفريق|group|team"),
        (ImportField.GuardianName, "tuteur|nom du tuteur|nom tuteur|tuteur légal|nom du tuteur légal|parent|nom du parent|responsable|nom du responsable|responsable légal|"
            + "nom et prénom du tuteur|nom complet du tuteur|père|nom du père|nom complet du père|mère|nom de la mère|اسم الأب|الأب|اسم الأم|الأم|father name|mother name|ولي الأمر|اسم ولي الأمر|الولي|اسم الولي|اسم ولي أمر الطفل|الوصي|guardian|guardian name|parent name|guardianName"),
        (ImportField.GuardianRelationship, "lien de parenté|lien|parenté|qualité|qualité du tuteur|lien avec l'enfant|صلة القرابة|القرابة|الصفة|صفة ولي الأمر|relationship|capacity|guardianRelationship"),
        (ImportField.GuardianPhone, "téléphone|téléphone du tuteur|tél|tel|tél.|tél tuteur|tél du tuteur|n° tél|n° de téléphone|numéro de téléphone|gsm|mobile|portable|téléphone parent|"
            + "téléphone du parent|téléphone du père|téléphone père|tél père|tél du père|gsm père|gsm du père|téléphone de la mère|téléphone mère|tél mère|tél de la mère|gsm mère|هاتف الأب|رقم هاتف الأب|هاتف الأم|رقم هاتف الأم|téléphone des parents|téléphone du responsable|tél parent|contact|الهاتف|رقم الهاتف|هاتف ولي الأمر|رقم هاتف ولي الأمر|رقم هاتف الولي|هاتف الولي|"
            + "phone|guardian phone|phone number|parent phone|guardianPhone"),
        (ImportField.Language, "langue|langue de contact|langue préférée|اللغة|لغة التواصل|language"),
        (ImportField.ConsentOn, "consentement|date du consentement|date de consentement|autorisation parentale|date d'autorisation|date de l'autorisation|autorisation signée le|الموافقة|"
            + "تاريخ الموافقة|تاريخ موافقة ولي الأمر|إذن ولي الأمر|consent|consent date|consent on|consentOn"),
        (ImportField.LicenceNumber, "licence|n° licence|n° de licence|numéro de licence|رقم الرخصة|الرخصة|licence number|license number|licenceNumber"),
        (ImportField.FifaId, "fifa id|id fifa|fifa connect|fifa connect id|fifaId"),
        (ImportField.Note, "note|notes|remarque|remarques|observation|observations|ملاحظة|ملاحظات|remark|comment"),
    ];

    private static readonly FrozenDictionary<string, ImportField> ByHeading = Table
        .SelectMany(row => row.Headings.Split('|').Select(heading => (Key: Fold(heading), row.Field)))
        .DistinctBy(entry => entry.Key).ToFrozenDictionary(entry => entry.Key, entry => entry.Field);

    // As imports.reason says it; a test compares.
    private static readonly FrozenSet<string> Reasons = new[] { "Motif du refus", "سبب الرفض", "Why it was not registered" }.Select(Fold).ToFrozenSet();

    // As imports.surplus says it; a test compares.
    private static readonly FrozenSet<string> Surplus = new[] { "Cellule en trop", "خلية زائدة", "Surplus cell" }.Select(Fold).ToFrozenSet();

    /// <summary>What a heading means; null when nobody knows it.</summary>
    public static ImportField? Find(string heading)
    {
        if (ByHeading.TryGetValue(Fold(heading), out var field)) return field;
        var open = heading.AsSpan().IndexOfAny('(', '[', '*');
        return open > 0 && ByHeading.TryGetValue(Fold(heading[..open]), out field) ? field : null;
    }

    /// <summary>True for the column that this system added to rows it gave back, in whichever language.</summary>
    public static bool IsReason(string heading) => Reasons.Contains(Fold(heading));

    /// <summary>True for a column in which this system gave back cells that stood beyond the headings, in whichever language.</summary>
    public static bool IsSurplus(string heading) => Surplus.Contains(Fold(heading));

    /// <summary>The public name of a field: <c>guardianPhone</c>.</summary>
    public static string NameOf(ImportField field)
    {
        var name = field.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>True when the family name comes first in a column of full names with this heading.</summary>
    public static bool FamilyNameFirst(string heading)
    {
        var folded = Fold(heading);
        return folded.StartsWith("nom", StringComparison.Ordinal) && folded.Contains("prenom", StringComparison.Ordinal)
            || folded.StartsWith(Fold("الاسم العائلي"), StringComparison.Ordinal);
    }

    /// <summary>Letters and digits alone: lower case without accents, Arabic without hamza, article kept.</summary>
    internal static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in PersonText.Clean(text).Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark || c == 'ـ') continue;
            if (!char.IsLetterOrDigit(c)) continue;
            folded.Append(c switch
            {
                'أ' or 'إ' or 'آ' or 'ٱ' => 'ا',
                'ى' => 'ي',
                'ة' => 'ه',
                _ => char.ToLowerInvariant(c),
            });
        }
        return folded.ToString();
    }
}
