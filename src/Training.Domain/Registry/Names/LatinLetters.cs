using System.Text;
using Training.Domain.Common;

namespace Training.Domain.Registry.Names;

/// <summary>Folds Latin letters to lower-case ASCII words.</summary>
internal static class LatinLetters
{
    private const int TableStart = 0x00C0;
    private const int TableEnd = 0x1F00;
    private const char Space = ' ';
    private const char Drop = '\0';

    private static readonly char[] Table = BuildTable();

    /// <summary>
    /// Writes words of a–z with one space between them; everything that is not a Latin letter separates words, except
    /// apostrophes and marks, which vanish. <paramref name="target"/> must hold twice the source.
    /// </summary>
    public static int Fold(ReadOnlySpan<char> text, Span<char> target)
    {
        var length = 0;
        var pendingSpace = false;
        foreach (var c in text)
        {
            char letter;
            if (c < 128)
            {
                if (char.IsAsciiLetterLower(c)) letter = c;
                else if (char.IsAsciiLetterUpper(c)) letter = (char)(c | 0x20);
                else letter = c is '\'' or '`' ? Drop : Space;
            }
            else
            {
                letter = FoldWide(c);
            }
            if (letter == Drop) continue;
            if (letter == Space)
            {
                pendingSpace = length > 0;
                continue;
            }
            if (pendingSpace) target[length++] = ' ';
            pendingSpace = false;
            // Upper case in the table stands for a pair.
            switch (letter)
            {
                case 'E': target[length++] = c is 'œ' or 'Œ' ? 'o' : 'a'; target[length++] = 'e'; break;
                case 'S': target[length++] = 's'; target[length++] = 's'; break;
                default: target[length++] = letter; break;
            }
        }
        return length;
    }

    private static char FoldWide(char c) => c switch
    {
        >= (char)TableStart and < (char)TableEnd => Table[c - TableStart],
        '\u2018' or '\u2019' or '\u201B' or '\u2032' or '\u00B4' => Drop,
        >= '\uFF21' and <= '\uFF3A' => (char)(c - '\uFF21' + 'a'),
        >= '\uFF41' and <= '\uFF5A' => (char)(c - '\uFF41' + 'a'),
        _ => TypedCharacters.IsInvisible(c) ? Drop : Space,
    };

    private static char[] BuildTable()
    {
        var table = new char[TableEnd - TableStart];
        Array.Fill(table, Space);
        for (var c = TableStart; c < TableEnd; c++)
        {
            if (c is > 0x024F and < 0x1E00) continue;
            var first = ((char)c).ToString().Normalize(NormalizationForm.FormD)[0];
            if (char.IsAsciiLetter(first)) table[c - TableStart] = char.ToLowerInvariant(first);
        }
        // Combining accents, the ʿayn and ʾhamza of scholars.
        for (var c = 0x0300; c <= 0x036F; c++) table[c - TableStart] = Drop;
        for (var c = 0x02B0; c <= 0x02FF; c++) table[c - TableStart] = Drop;
        // Letters without a decomposition; ɣ and ɛ are those of Amazigh in Latin letters.
        foreach (var (from, to) in new[]
        {
            ('ç', 's'), ('Ç', 's'), ('æ', 'E'), ('Æ', 'E'), ('œ', 'E'), ('Œ', 'E'), ('ß', 'S'), ('ø', 'o'), ('Ø', 'o'), ('ł', 'l'), ('Ł', 'l'),
            ('đ', 'd'), ('Đ', 'd'), ('ð', 'd'), ('Ð', 'd'), ('þ', 't'), ('Þ', 't'), ('ı', 'i'), ('ə', 'e'), ('Ə', 'e'), ('ɣ', 'g'), ('Ɣ', 'g'),
            ('ɛ', 'a'), ('Ɛ', 'a'), ('ħ', 'h'), ('Ħ', 'h'), ('ŋ', 'n'), ('Ŋ', 'n'),
        }) table[from - TableStart] = to;
        return table;
    }
}
