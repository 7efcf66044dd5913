using System.Buffers;
using System.Text;

namespace Training.Domain.Common;

/// <summary>
/// Cleans what people type in a name or a short text, and says what kind of text it is.
/// The cleaned text is for display; <see cref="Registry.Names.NameKeys"/> makes the forms that are compared.
/// </summary>
public static class PersonText
{
    /// <summary>Longest part of a name (given or family, either script), in UTF-16 units after cleaning.</summary>
    public const int NamePartMaxLength = 60;

    /// <summary>Longest name written in one field (a guardian's, or given and family together).</summary>
    public const int FullNameMaxLength = 120;

    /// <summary>Longest note or remark.</summary>
    public const int NoteMaxLength = 500;

    // The high half of every tag and supplementary variation selector; both show nothing.
    private const char InvisiblePlane = '\uDB40';

    private const char RaisedYaw = '\u2D6F';

    /// <summary>
    /// Compatibility forms folded (NFKC) and composed, ends trimmed, runs of space made one, control, bidirectional and
    /// zero-width characters removed. Null or blank gives the empty string.
    /// </summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (IsClean(text)) return text;

        // Unpaired surrogates cannot be normalised; they are removed first.
        var source = NormalizeSafely(text);
        var rented = source.Length <= 256 ? null : ArrayPool<char>.Shared.Rent(source.Length);
        var buffer = rented ?? stackalloc char[256];
        var length = 0;
        var pendingSpace = false;
        for (var i = 0; i < source.Length; i++)
        {
            var c = source[i];
            if (c == InvisiblePlane)
            {
                i++;
                continue;
            }
            if (TypedCharacters.IsSpace(c))
            {
                pendingSpace = length > 0;
                continue;
            }
            if (char.IsControl(c) || TypedCharacters.IsInvisible(c)) continue;
            if (pendingSpace) buffer[length++] = ' ';
            pendingSpace = false;
            buffer[length++] = c;
        }
        var result = new string(buffer[..length]);
        if (rented is not null) ArrayPool<char>.Shared.Return(rented);
        // Removing an invisible character may have brought a letter and its mark together.
        return result.IsNormalized(NormalizationForm.FormC) ? result : result.Normalize(NormalizationForm.FormC);
    }

    /// <summary>As <see cref="Clean"/>, but null when nothing is left.</summary>
    public static string? CleanOrNull(string? text) => Clean(text) is { Length: > 0 } cleaned ? cleaned : null;

    /// <summary>True when the text has a letter of the Latin script.</summary>
    public static bool ContainsLatin(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (TypedCharacters.IsLatinLetter(c)) return true;
        return false;
    }

    /// <summary>True when the text has a letter of the Arabic script.</summary>
    public static bool ContainsArabic(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (TypedCharacters.IsArabicLetter(c)) return true;
        return false;
    }

    /// <summary>True when the text has a letter of any script. A name of spaces, digits or punctuation alone has none.</summary>
    public static bool HasLetter(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsLetter(text[i])) return true;
            if (char.IsHighSurrogate(text[i]) && Rune.DecodeFromUtf16(text[i..], out var rune, out _) == OperationStatus.Done &&
                Rune.IsLetter(rune)) return true;
        }
        return false;
    }

    /// <summary>
    /// True when the text is, or holds as a word, something written like a national identity card number (one to three
    /// letters and five to eight digits, as public validators accept it) or like the ten-digit national register number.
    /// These are never collected, in any field. A Massar code (one letter, nine digits) and a Moroccan phone number are neither.
    /// </summary>
    public static bool LooksLikeNationalId(ReadOnlySpan<char> text) => NationalIdPattern.Occurs(text);

    private static bool IsClean(string text)
    {
        var previousSpace = true;
        foreach (var c in text)
        {
            // ASCII, Latin letters and plain Arabic letters are their own NFKC form; everything else takes the long way.
            var plain = c is >= '!' and <= '~' or (>= '\u00C0' and <= '\u0131') or (>= '\u0621' and <= '\u063A') or (>= '\u0641' and <= '\u064A');
            if (c == ' ' && !previousSpace)
            {
                previousSpace = true;
                continue;
            }
            if (!plain) return false;
            previousSpace = false;
        }
        return !previousSpace;
    }

    private static string NormalizeSafely(string text)
    {
        if (Ascii.IsValid(text)) return text;
        // Half surrogate pairs and non-characters cannot be normalised; they come from damaged files and carry nothing.
        StringBuilder? kept = null;
        for (var i = 0; i < text.Length; i++)
        {
            var pair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (pair || !(char.IsSurrogate(text[i]) || text[i] is >= '\uFFFE' or (>= '\uFDD0' and <= '\uFDEF')))
            {
                kept?.Append(text, i, pair ? 2 : 1);
                if (pair) i++;
            }
            else
            {
                kept ??= new StringBuilder(text, 0, i, text.Length);
            }
        }
        return Fold(kept?.ToString() ?? text);
    }

    /// <summary>The raised letter of Tifinagh (ⴰⵙⴳⴳⵯⴰⵙ) is a letter of its own in the Amazigh spelling and no variant of the plain one.</summary>
    private static string Fold(string text) => text.Contains(RaisedYaw)
        ? string.Join(RaisedYaw, text.Split(RaisedYaw).Select(part => part.Normalize(NormalizationForm.FormKC)))
        : text.Normalize(NormalizationForm.FormKC);
}
