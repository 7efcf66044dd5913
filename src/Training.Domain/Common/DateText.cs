using System.Globalization;

namespace Training.Domain.Common;

/// <summary>Why a text is not a date.</summary>
public enum DateTextError
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>Nothing was typed.</summary>
    Missing,

    /// <summary>Not written as a date.</summary>
    Malformed,

    /// <summary>Written as a date that no calendar has, such as 31/02 or a thirteenth month. Day comes first.</summary>
    Impossible,

    /// <summary>A year of two digits that is not clearly in this century (50 to 99).</summary>
    AmbiguousYear,
}

/// <summary>
/// Reads dates as clubs type them: <c>12/03/2014</c>, <c>12-3-2014</c>, <c>2014-03-12</c>, <c>12 mars 2014</c>,
/// <c>12 مارس 2014</c> (Moroccan, Egyptian and Levantine month names), either set of digits, eight digits without
/// separators, and a spreadsheet's serial number of five digits (1900 system). A time after the date is passed over.
/// Day comes before month: a month above 12 is refused and never turned round. Only a whole list may be read month first, see
/// <see cref="ParseMonthFirst"/>.
/// A year of two digits, 00 to 49, means 2000 to 2049: every child of these programmes was born after 2000 and no other date is older;
/// 50 to 99 is refused.
/// </summary>
public static class DateText
{
    private const int OldestYear = 1900;
    private const int LatestYear = 2100;
    private static readonly DateOnly SerialZero = new(1899, 12, 30);

    /// <summary>Reads <paramref name="text"/>; <paramref name="date"/> is meaningful only with <see cref="DateTextError.None"/>.</summary>
    public static DateTextError Parse(ReadOnlySpan<char> text, out DateOnly date) => Parse(text, monthFirst: false, out date);

    /// <summary>
    /// Reads a date of a list that was written month first, as a spreadsheet set to English writes it: <c>03/25/2014</c>. Everything else,
    /// <c>2014-03-25</c> or <c>25 mars 2014</c>, is read as ever.
    /// </summary>
    public static DateTextError ParseMonthFirst(ReadOnlySpan<char> text, out DateOnly date) => Parse(text, monthFirst: true, out date);

    private static DateTextError Parse(ReadOnlySpan<char> text, bool monthFirst, out DateOnly date)
    {
        date = default;
        Span<Part> parts = stackalloc Part[3];
        var error = Split(text, parts, out var count);
        if (error != DateTextError.None) return error;
        return count switch
        {
            0 => DateTextError.Missing,
            1 => FromOneNumber(parts[0], out date),
            3 => FromThree(parts, monthFirst, out date),
            _ => DateTextError.Malformed,
        };
    }

    /// <summary>The date, or null with the reason.</summary>
    public static DateOnly? Parse(string? text, out DateTextError error)
    {
        error = Parse(text.AsSpan(), out var date);
        return error == DateTextError.None ? date : null;
    }

    private readonly record struct Part(int Value, int Digits, bool IsMonthName);

    private static DateTextError Split(ReadOnlySpan<char> text, Span<Part> parts, out int count)
    {
        count = 0;
        Span<char> word = stackalloc char[MonthNames.MaxLength];
        var i = 0;
        while (i < text.Length)
        {
            var c = text[i];
            if (TypedCharacters.DigitValue(c) >= 0)
            {
                if (count == 3) return IsTime(text[i..]) ? DateTextError.None : DateTextError.Malformed;
                int value = 0, digits = 0;
                while (i < text.Length && TypedCharacters.DigitValue(text[i]) is >= 0 and var digit)
                {
                    if (++digits > 8) return DateTextError.Malformed;
                    value = value * 10 + digit;
                    i++;
                }
                parts[count++] = new Part(value, digits, false);
                // "1er janvier"
                if (value == 1 && count == 1 && i + 1 < text.Length && text[i] is 'e' or 'E' && text[i + 1] is 'r' or 'R') i += 2;
            }
            else if (char.IsLetter(c))
            {
                if (count == 3) return IsTime(text[i..]) ? DateTextError.None : DateTextError.Malformed;
                var length = 0;
                // The Levantine names are two words (كانون الثاني): neighbouring words are read as one.
                while (i < text.Length && (char.IsLetter(text[i]) || IsMark(text[i]) || (text[i] == ' ' && i + 1 < text.Length && char.IsLetter(text[i + 1]))))
                {
                    if (length == word.Length) return DateTextError.Malformed;
                    if (text[i] != ' ') word[length++] = text[i];
                    i++;
                }
                var month = MonthNames.Find(word[..length]);
                if (month == 0) return DateTextError.Malformed;
                parts[count++] = new Part(month, 0, true);
            }
            else if (c is '/' or '.' or ',' or '،' or '\\' || TypedCharacters.IsDash(c) || TypedCharacters.IsSpace(c) || TypedCharacters.IsInvisible(c))
            {
                i++;
            }
            else
            {
                return DateTextError.Malformed;
            }
        }
        return DateTextError.None;
    }

    private static bool IsMark(char c) => char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;

    private static bool IsTime(ReadOnlySpan<char> text)
    {
        var colon = false;
        foreach (var c in text)
        {
            if (c == ':') colon = true;
            else if (TypedCharacters.DigitValue(c) < 0 && c is not ('T' or 'Z' or '.' or '+' or '-' or ' ' or 'A' or 'P' or 'M')) return false;
        }
        return colon;
    }

    private static DateTextError FromOneNumber(Part part, out DateOnly date)
    {
        date = default;
        if (part.IsMonthName) return DateTextError.Malformed;
        if (part.Digits == 5)
        {
            date = SerialZero.AddDays(part.Value);
            return date.Year is >= OldestYear and <= LatestYear ? DateTextError.None : DateTextError.Malformed;
        }
        if (part.Digits != 8) return DateTextError.Malformed;
        // 20140312 or 12032014: one reading at most has a year of this or the last century.
        return part.Value / 10_000 is >= OldestYear and <= LatestYear && part.Value / 100 % 100 <= 12
            ? Build(part.Value / 10_000, part.Value / 100 % 100, part.Value % 100, out date)
            : Build(part.Value % 10_000, part.Value / 10_000 % 100, part.Value / 1_000_000, out date);
    }

    private static DateTextError FromThree(ReadOnlySpan<Part> parts, bool monthFirst, out DateOnly date)
    {
        date = default;
        if (parts[0].IsMonthName || parts[2].IsMonthName) return DateTextError.Malformed;
        if (!parts[1].IsMonthName && parts[1].Digits > 2) return DateTextError.Malformed;
        if (parts[0].Digits == 4 && parts[2].Digits <= 2) return Build(parts[0].Value, parts[1].Value, parts[2].Value, out date);
        if (parts[0].Digits > 2) return DateTextError.Malformed;
        var year = parts[2].Value;
        if (parts[2].Digits == 2)
        {
            if (year >= 50) return DateTextError.AmbiguousYear;
            year += 2000;
        }
        else if (parts[2].Digits != 4)
        {
            return DateTextError.Malformed;
        }
        return monthFirst && !parts[1].IsMonthName
            ? Build(year, parts[0].Value, parts[1].Value, out date)
            : Build(year, parts[1].Value, parts[0].Value, out date);
    }

    private static DateTextError Build(int year, int month, int day, out DateOnly date)
    {
        date = default;
        if (year is < OldestYear or > LatestYear) return DateTextError.Impossible;
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return DateTextError.Impossible;
        date = new DateOnly(year, month, day);
        return DateTextError.None;
    }
}
