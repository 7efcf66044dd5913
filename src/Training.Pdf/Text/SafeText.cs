using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Training.Pdf.Text;

/// <summary>Makes foreign text harmless before it is set, and protects numbers in Arabic lines.</summary>
public static partial class SafeText
{
    private const int MaxMarks = 4;

    /// <summary>
    /// One line of visible text in normal form C: control characters and line breaks become spaces; direction marks,
    /// overrides, isolates and other invisible characters, lone surrogates and piled-up marks are dropped; spaces are joined.
    /// </summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        var builder = new StringBuilder(text.Length);
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            // EnumerateRunes turns a lone surrogate into the replacement character.
            if (rune == Rune.ReplacementChar)
                continue;
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator:
                    marks = 0;
                    if (rune.Value is 0xA0 or 0x202F)
                        builder.Append((char)rune.Value);
                    else if (builder.Length > 0 && builder[^1] != ' ')
                        builder.Append(' ');
                    break;
                case UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate:
                    break;
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark when marks >= MaxMarks || rune.Value is >= 0xFE00 and <= 0xFE0F:
                    break;
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark:
                    marks++;
                    builder.Append(rune.ToString());
                    break;
                default:
                    marks = 0;
                    builder.Append(rune.ToString());
                    break;
            }
        }

        return builder.ToString().Trim().Normalize(NormalizationForm.FormC);
    }

    /// <summary>
    /// A number or code as one left-to-right unit. Without it 2026-000123 after an Arabic letter is displayed 000123-2026,
    /// which is what the standard asks for.
    /// </summary>
    public static string Code(string text) => "\u2066" + text + "\u2069";

    /// <summary>A name or title set into a sentence of another direction, by its own first strong letter.</summary>
    public static string Isolate(string text) => "\u2068" + text + "\u2069";

    /// <summary>
    /// Every number, date, time, code, percentage and telephone number as a unit of its own, for a paragraph from right to left:
    /// the standard displays 2026-000123 as 000123-2026 there and turns the groups of 06 12 34 56 78 around.
    /// </summary>
    public static string IsolateNumbers(string text) => Numbers().Replace(text, match => Code(match.Value));

    /// <summary>
    /// The text with each letter that no face has spelled as its code, such as [U+1F600]: for lists that must be printed although one
    /// name has such a letter. Never a silent box.
    /// </summary>
    public static string SpellMissing(string? text)
    {
        var cleaned = Clean(text);
        if (TextShaper.FirstMissing(cleaned) is null)
            return cleaned;
        var builder = new StringBuilder(cleaned.Length + 16);
        foreach (var rune in cleaned.EnumerateRunes())
            builder.Append(TextShaper.FirstMissing(rune.ToString()) is null ? rune.ToString() : $"[U+{rune.Value:X4}]");
        return builder.ToString();
    }

    // A telephone number begins with + or 0 and may have spaces; other numbers are joined by signs only.
    [GeneratedRegex(@"(?<![\w\u2066])(?:(?:\+\d{1,3}|0\d)(?:[ .\u00A0\u202F-]?\d{2,3})+|[+\-\u2212]?\d+(?:[.,:/\u2013\u00A0\u202F-]\d+)*(?:[ \u00A0\u202F]?%)?)(?![\w\u2069])")]
    private static partial Regex Numbers();
}
