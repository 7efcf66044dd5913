using Training.Domain.Common;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>
/// Divides a name that was written in one cell. Particles (El, Ben, Aït, عبد…) stay with the word after them; a part in capitals is
/// the family name; otherwise the heading says which part comes first, and a longer given name is commoner than a longer family name.
/// The match of duplicates does not mind the order, so a wrong division does not make a second child.
/// </summary>
internal static class FullName
{
    private static readonly HashSet<string> Particles = new(StringComparer.OrdinalIgnoreCase)
    {
        "el", "al", "l", "es", "et", "en", "er", "ez", "ed", "ech", "ben", "bent", "bel", "bou", "bnou", "ibn", "ait", "aït", "ould", "ou", "abd", "abdel", "abou", "sidi", "lalla", "moulay",
        "ال", "بن", "ابن", "بنت", "آيت", "ايت", "أيت", "عبد", "أبو", "ابو", "بو", "بل", "أولاد", "ولد", "سيدي", "مولاي", "للا", "لالة",
    };

    /// <summary>The given and the family name; a single word is a given name.</summary>
    public static (string Given, string? Family) Divide(string fullName, bool familyFirst)
    {
        var parts = Join(PersonText.Clean(fullName).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries));
        if (parts.Count < 2) return (parts.Count == 0 ? "" : parts[0], null);
        var capitals = parts.Where(IsCapitals).ToList();
        if (capitals.Count > 0 && capitals.Count < parts.Count)
            return (string.Join(' ', parts.Where(part => !IsCapitals(part))), string.Join(' ', capitals));
        return familyFirst
            ? (string.Join(' ', parts.Skip(1)), parts[0])
            : (string.Join(' ', parts.SkipLast(1)), parts[^1]);
    }

    private static List<string> Join(string[] words)
    {
        var parts = new List<string>(words.Length);
        var pending = "";
        foreach (var word in words)
        {
            var joined = pending.Length == 0 ? word : $"{pending} {word}";
            if (Particles.Contains(word.TrimEnd('-', '\'', '’')))
            {
                pending = joined;
                continue;
            }
            parts.Add(joined);
            pending = "";
        }
        if (pending.Length > 0) parts.Add(pending);
        return parts;
    }

    private static bool IsCapitals(string part) =>
        part.Count(char.IsUpper) > 1 && !part.Any(char.IsLower);
}
