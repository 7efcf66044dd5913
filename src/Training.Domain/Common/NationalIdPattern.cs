namespace Training.Domain.Common;

/// <summary>Finds identity numbers that must never be stored. Source of the patterns: the identity formats list of the reference data.</summary>
internal static class NationalIdPattern
{
    public static bool Occurs(ReadOnlySpan<char> text)
    {
        // Words are runs of ASCII letters or digits of any script; "AB 123456" and "AB-123456" are two neighbours.
        var letters = 0;
        var gap = false;
        var i = 0;
        while (i < text.Length)
        {
            var c = text[i];
            if (char.IsAsciiLetter(c))
            {
                var start = i;
                while (i < text.Length && char.IsLetter(text[i])) i++;
                letters = i - start;
                gap = false;
            }
            else if (TypedCharacters.DigitValue(c) >= 0)
            {
                var start = i;
                var separated = false;
                var digits = 0;
                while (i < text.Length && (TypedCharacters.DigitValue(text[i]) >= 0 || IsInnerSeparator(text, i)))
                {
                    if (TypedCharacters.DigitValue(text[i]) >= 0) digits++;
                    else separated = true;
                    i++;
                }
                var endsWord = i == text.Length || !char.IsLetter(text[i]);
                if (endsWord && letters is >= 1 and <= 3 && digits is >= 5 and <= 8 && (!gap || letters <= 2) && !separated) return true;
                if (endsWord && (letters == 0 || gap) && digits == 10 && !LooksLikePhone(text[start..i])) return true;
                letters = 0;
                gap = false;
            }
            else
            {
                if (char.IsLetter(c) || gap || !(c == ' ' || c == '.' || TypedCharacters.IsDash(c))) letters = 0;
                gap = true;
                i++;
            }
        }
        return false;
    }

    private static bool IsInnerSeparator(ReadOnlySpan<char> text, int i) =>
        (text[i] is ' ' or '.' || TypedCharacters.IsDash(text[i])) && i + 1 < text.Length && TypedCharacters.DigitValue(text[i + 1]) >= 0;

    private static bool LooksLikePhone(ReadOnlySpan<char> digits) => PhoneNumber.Parse(digits, out _) == PhoneError.None;
}
