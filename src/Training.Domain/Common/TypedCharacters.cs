using System.Globalization;

namespace Training.Domain.Common;

/// <summary>What people and spreadsheets put between the characters that matter.</summary>
internal static class TypedCharacters
{
    /// <summary>The value of a Western, Arabic-Indic, Persian or full-width digit; -1 for anything else.</summary>
    public static int DigitValue(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= '\u0660' and <= '\u0669' => c - '\u0660',
        >= '\u06F0' and <= '\u06F9' => c - '\u06F0',
        >= '\uFF10' and <= '\uFF19' => c - '\uFF10',
        _ => -1,
    };

    /// <summary>Marks that change direction or joining and show nothing: bidi marks, embeddings, isolates, zero-width characters, soft hyphen, and the
    /// fillers that Unicode calls letters and nobody sees.</summary>
    public static bool IsInvisible(char c) => c switch
    {
        '\u00AD' or '\u034F' or '\u061C' or '\u180E' or '\uFEFF' => true,
        '\u115F' or '\u1160' or '\u17B4' or '\u17B5' or '\u2800' or '\u3164' or '\uFFA0' => true,
        >= '\u200B' and <= '\u200F' => true,
        >= '\u202A' and <= '\u202E' => true,
        >= '\u2060' and <= '\u206F' => true,
        >= '\uFFF9' and <= '\uFFFB' => true,
        >= '\uFE00' and <= '\uFE0F' => true,
        _ => false,
    };

    /// <summary>Every space, tab, line break and no-break space.</summary>
    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator;

    /// <summary>Hyphens and dashes as typed by hand or by a word processor.</summary>
    public static bool IsDash(char c) => c is '-' or '\u00AD' or '\u2212' or (>= '\u2010' and <= '\u2015') or '\uFE63' or '\uFF0D' or '_';

    /// <summary>Arabic letters, including the presentation forms old software leaves behind.</summary>
    public static bool IsArabicLetter(char c) =>
        c is (>= '\u0620' and <= '\u064A') or (>= '\u066E' and <= '\u06D3') or (>= '\u0750' and <= '\u077F') or
            (>= '\uFB50' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFC')
        && char.IsLetter(c);

    /// <summary>Latin letters with or without accents.</summary>
    public static bool IsLatinLetter(char c) =>
        c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '\u00C0' and <= '\u024F') or (>= '\u0250' and <= '\u02AF') or
            (>= '\u1E00' and <= '\u1EFF') or (>= '\uFF21' and <= '\uFF3A') or (>= '\uFF41' and <= '\uFF5A')
        && char.IsLetter(c);
}
