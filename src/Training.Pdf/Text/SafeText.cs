using System.Globalization;
using System.Text;

namespace Training.Pdf.Text;

/// <summary>Makes foreign text harmless before it is set, and protects numbers in Arabic lines.</summary>
public static class SafeText
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
}
