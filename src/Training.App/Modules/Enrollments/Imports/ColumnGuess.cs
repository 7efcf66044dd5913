using Training.Domain.Common;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>
/// Proposes what columns hold whose headings nobody knows, by what stands in their first rows. A proposal is shown with examples, and a
/// person decides.
/// </summary>
internal static class ColumnGuess
{
    /// <summary>Most of the cells must look like it; lists have gaps and slips.</summary>
    private const double Most = 0.7;

    /// <param name="columns">What the headings say, in the order of the file; null where they say nothing.</param>
    /// <param name="samples">The first values of each column, without empty ones.</param>
    /// <param name="known">Names of the country.</param>
    public static ImportField?[] Propose(IReadOnlyList<ImportField?> columns, IReadOnlyList<IReadOnlyList<string>> samples, KnownNames known)
    {
        var proposed = columns.ToArray();
        TakeFirst(ImportField.BirthDate, text => DateText.Parse(text, out DateOnly _) == DateTextError.None);
        TakeFirst(ImportField.Sex, text => CellValues.SexOf(text) is not null);
        TakeFirst(ImportField.GuardianPhone, text => PhoneNumber.TryParse(text, out _));
        TakeNames();
        return proposed;

        void TakeFirst(ImportField field, Func<string, bool> looksLike)
        {
            if (Has(field)) return;
            var column = Free().FirstOrDefault(column => Share(samples[column], looksLike) >= Most, -1);
            if (column >= 0) proposed[column] = field;
        }

        void TakeNames()
        {
            var names = Free().Where(column => Share(samples[column], IsName) >= Most).ToList();
            // The guardian mostly stands beside the phone, after the child.
            var phone = Array.IndexOf(proposed, ImportField.GuardianPhone);
            if (!Has(ImportField.GuardianName) && names.Count > 1 && names.OrderBy(column => Math.Abs(column - phone)).First() is var guardian && guardian != names[0])
            {
                proposed[guardian] = ImportField.GuardianName;
                names.Remove(guardian);
            }
            if (names.Count == 0 || Has(ImportField.FullName)) return;
            var arabic = Share(samples[names[0]], IsArabic) >= Most;
            var (family, given) = arabic ? (ImportField.FamilyNameAr, ImportField.GivenNameAr) : (ImportField.FamilyName, ImportField.GivenName);
            if (Has(family) || Has(given))
            {
                if (!Has(family)) proposed[names[0]] = family;
                else if (!Has(given)) proposed[names[0]] = given;
            }
            else if (names.Count == 1 || Share(samples[names[0]], text => text.Contains(' ')) >= Most)
            {
                proposed[names[0]] = ImportField.FullName;
            }
            else
            {
                // Most lists begin with the family name; the names themselves know better.
                if (known.Leaning(samples[names[0]]) > known.Leaning(samples[names[1]])) (family, given) = (given, family);
                (proposed[names[0]], proposed[names[1]]) = (family, given);
            }
        }

        bool Has(ImportField field) => Array.IndexOf(proposed, field) >= 0;
        IEnumerable<int> Free() => Enumerable.Range(0, proposed.Length).Where(column => proposed[column] is null && column < samples.Count);
    }

    private static double Share(IReadOnlyList<string> values, Func<string, bool> looksLike) =>
        values.Count == 0 ? 0 : (double)values.Count(looksLike) / values.Count;

    private static bool IsName(string text) => text.Length is > 1 and < 60 && !text.AsSpan().ContainsAnyInRange('0', '9') && text.Count(char.IsLetter) * 10 >= text.Length * 7;

    private static bool IsArabic(string text) => text.Any(c => c is >= '\u0600' and <= '\u06FF');
}
