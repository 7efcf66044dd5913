using System.Globalization;

namespace Training.Domain.Common;

/// <summary>Why a text is not a phone number this system can call.</summary>
public enum PhoneError
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>Nothing was typed.</summary>
    Missing,

    /// <summary>Too many or too few digits, letters, several numbers in one field, or a Moroccan number that is neither mobile nor land line.</summary>
    Malformed,

    /// <summary>An international number of another country.</summary>
    ForeignCountry,
}

/// <summary>
/// A Moroccan phone number: mobile (<c>+2126…</c>, <c>+2127…</c>) or land line (<c>+2125…</c>) and eight more digits.
/// A number is shared by several children and by both parents, so it never identifies anyone.
/// The default value is no number: <see cref="IsEmpty"/>.
/// </summary>
public readonly record struct PhoneNumber
{
    /// <summary>Length of <see cref="ToString"/>.</summary>
    public const int Length = 13;

    private readonly int _national;

    private PhoneNumber(int national) => _national = national;

    /// <summary>True for the default value, which is no number.</summary>
    public bool IsEmpty => _national == 0;

    /// <summary>True when the number can receive an SMS.</summary>
    public bool IsMobile => _national >= 600_000_000;

    /// <summary>
    /// Reads a number as people type it: <c>06 12 34 56 78</c>, <c>612345678</c> (a spreadsheet ate the zero), <c>00212…</c>,
    /// <c>+212 (0)6…</c>, with spaces, dots, hyphens, either set of digits.
    /// </summary>
    public static PhoneError Parse(ReadOnlySpan<char> text, out PhoneNumber number)
    {
        number = default;
        Span<char> digits = stackalloc char[16];
        var count = 0;
        var plus = false;
        var anything = false;
        foreach (var c in text)
        {
            if (TypedCharacters.IsInvisible(c) || TypedCharacters.IsSpace(c)) continue;
            anything = true;
            if (TypedCharacters.DigitValue(c) is >= 0 and var digit)
            {
                if (count == digits.Length) return PhoneError.Malformed;
                digits[count++] = (char)('0' + digit);
            }
            else if (c is '+' or '\uFF0B')
            {
                if (count > 0 || plus) return PhoneError.Malformed;
                plus = true;
            }
            else if (c is not ('.' or '(' or ')' or '/' or ',') && !TypedCharacters.IsDash(c))
            {
                return PhoneError.Malformed;
            }
        }
        if (!anything) return PhoneError.Missing;

        ReadOnlySpan<char> rest = digits[..count];
        var international = plus;
        if (!plus && rest.StartsWith("00"))
        {
            international = true;
            rest = rest[2..];
        }
        if (rest.StartsWith("212") && (international || rest.Length >= 12)) rest = rest[3..];
        else if (international) return rest.Length is >= 7 and <= 15 ? PhoneError.ForeignCountry : PhoneError.Malformed;
        if (rest.Length == 10 && rest[0] == '0') rest = rest[1..];
        if (rest.Length != 9 || rest[0] is not ('5' or '6' or '7')) return PhoneError.Malformed;
        number = new PhoneNumber(int.Parse(rest, NumberStyles.None, CultureInfo.InvariantCulture));
        return PhoneError.None;
    }

    /// <summary>True when <see cref="Parse"/> finds no error.</summary>
    public static bool TryParse(string? text, out PhoneNumber number) => Parse(text, out number) == PhoneError.None;

    /// <summary>Reads back what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not a number in E.164 form; only stored values belong here.</exception>
    public static PhoneNumber FromE164(string stored) =>
        TryParse(stored, out var number) ? number : throw new FormatException("A stored phone number is not in E.164 form.");

    /// <summary>E.164: <c>+212612345678</c>; empty for no number.</summary>
    public override string ToString() => IsEmpty ? "" : string.Create(CultureInfo.InvariantCulture, $"+212{_national:D9}");

    /// <summary>As written in Morocco: <c>06 12 34 56 78</c>; empty for no number.</summary>
    public string ToDisplay() => IsEmpty
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"0{_national:0 00 00 00 00}");

    /// <summary>The last two digits, enough for a person to recognise a number that must not be shown: <c>•• 78</c>.</summary>
    public string ToHint() => IsEmpty ? "" : string.Create(CultureInfo.InvariantCulture, $"•• {_national % 100:D2}");
}
