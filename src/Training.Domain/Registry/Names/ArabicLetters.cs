using System.Text;
using Training.Domain.Common;

namespace Training.Domain.Registry.Names;

/// <summary>Folds Arabic letters that are written for one another.</summary>
internal static class ArabicLetters
{
    private const char Space = ' ';
    private const char Drop = '\0';

    /// <summary>
    /// Writes words of basic Arabic letters with one space between them: no harakat, tatweel or hamza, one alef, one yeh,
    /// heh for teh marbuta, kaf for every gaf. Everything that is not an Arabic letter separates words. What does not fit is cut.
    /// </summary>
    public static int Fold(ReadOnlySpan<char> text, Span<char> target) =>
        text.IndexOfAnyInRange('\uFB50', '\uFEFC') >= 0 ? FoldBasic(Compose(text), target) : FoldBasic(text, target);

    /// <summary>Presentation forms are what old software leaves in exported lists; NFKC turns them into letters, one by one since the rest may be damaged.</summary>
    private static string Compose(ReadOnlySpan<char> text)
    {
        var builder = new StringBuilder(text.Length * 2);
        foreach (var c in text)
        {
            if (c is >= '\uFB50' and <= '\uFEFC' && char.IsLetter(c)) builder.Append(c.ToString().Normalize(NormalizationForm.FormKC));
            else builder.Append(c);
        }
        return builder.ToString();
    }

    private static int FoldBasic(ReadOnlySpan<char> text, Span<char> target)
    {
        var length = 0;
        var pendingSpace = false;
        foreach (var c in text)
        {
            var letter = FoldLetter(c);
            if (letter == Drop) continue;
            if (letter == Space)
            {
                pendingSpace = length > 0;
                continue;
            }
            if (length + 2 > target.Length) return length;
            if (pendingSpace) target[length++] = ' ';
            pendingSpace = false;
            target[length++] = letter;
        }
        return length;
    }

    private static char FoldLetter(char c) => c switch
    {
        'أ' or 'إ' or 'آ' or 'ٱ' or 'ٲ' or 'ٳ' => 'ا',
        'ى' or 'ئ' or 'ی' or 'ې' => 'ي',
        'ؤ' => 'و',
        'ة' or 'ہ' or 'ھ' or 'ە' or 'ۀ' or 'ۃ' => 'ه',
        'ڭ' or 'ݣ' or 'گ' or 'ک' or 'ڪ' => 'ك',
        'پ' => 'ب',
        'چ' => 'ج',
        'ڤ' or 'ڢ' or 'ڥ' => 'ف',
        'ڧ' => 'ق',
        'ژ' => 'ز',
        'ء' or 'ـ' => Drop,
        >= 'ا' and <= 'ي' => c,
        (>= '\u0610' and <= '\u061A') or (>= '\u064B' and <= '\u065F') or '\u0670' or (>= '\u06D6' and <= '\u06ED') => Drop,
        _ => TypedCharacters.IsInvisible(c) || c is '\'' or '\u2019' ? Drop : Space,
    };
}
