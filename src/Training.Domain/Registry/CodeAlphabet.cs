using Training.Domain.Common;

namespace Training.Domain.Registry;

/// <summary>
/// The 31 symbols of every code that people read, type and say aloud: the ten digits and the capital letters without
/// I, L, O, S and U. I and L look like 1, O like 0, S like 5 in print and in handwriting; U looks like V by hand and its
/// absence, with that of I and O, leaves few chances to spell a word. 31 is prime, so one weighted sum catches every wrong symbol and every exchange of two.
/// </summary>
internal static class CodeAlphabet
{
    public const int Size = 31;
    public const string Symbols = "0123456789ABCDEFGHJKMNPQRTVWXYZ";

    /// <summary>The value of a typed symbol; the letters left out stand for what they were taken for; -1 for anything else.</summary>
    public static int ValueOf(char c)
    {
        if (TypedCharacters.DigitValue(c) is >= 0 and var digit) return digit;
        if (c is >= '\uFF21' and <= '\uFF5A') c = (char)(c - 0xFEE0);
        if (c is >= 'a' and <= 'z') c = (char)(c - 32);
        return c switch
        {
            'O' => 0,
            'I' or 'L' => 1,
            'S' => 5,
            'U' => Symbols.IndexOf('V'),
            >= 'A' and <= 'Z' => Symbols.IndexOf(c),
            _ => -1,
        };
    }

    /// <summary>Reads exactly <paramref name="values"/>.Length symbols, passing over spaces, hyphens, dots and invisible marks.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, Span<byte> values)
    {
        var count = 0;
        foreach (var c in text)
        {
            if (TypedCharacters.IsDash(c) || c is '.' || TypedCharacters.IsSpace(c) || TypedCharacters.IsInvisible(c)) continue;
            var value = ValueOf(c);
            if (value < 0 || count == values.Length) return false;
            values[count++] = (byte)value;
        }
        return count == values.Length;
    }
}
