using System.Diagnostics.CodeAnalysis;

namespace Training.Paper;

/// <summary>
/// What the code on a page says: of which session it is, and which child each row belongs to. So a sheet stays readable after the list
/// has changed, and a row can never slip to another child. Codes are seven letters or digits; there are no names in it.
/// </summary>
/// <param name="Session">The session's code.</param>
/// <param name="Page">From 1.</param>
/// <param name="Pages">Pages of the sheet.</param>
/// <param name="RightToLeft">True when the columns run from the right.</param>
/// <param name="Rows">Code of each row, from the top.</param>
public sealed record PageCode(string Session, int Page, int Pages, bool RightToLeft, IReadOnlyList<string> Rows)
{
    /// <summary>Characters of the code of a session or a row.</summary>
    public const int CodeLength = 7;

    /// <summary>Most pages of a sheet.</summary>
    public const int PagesMax = 44;

    // What a QR symbol writes in 5½ bits a character.
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    private const string Kind = "FJ1";
    private const int CheckLength = 3;
    private const int HeadLength = 3 + CodeLength + 3;

    // The largest prime below 45³: a changed character, or two exchanged ones, always change the check characters.
    private const int Modulus = 91_121;

    /// <summary>The characters to print.</summary>
    /// <exception cref="ArgumentException">A code has another length or other characters, or there are too many rows or pages.</exception>
    public string Write()
    {
        if (Rows.Count is 0 or > SheetLayout.RowsMax || Page < 1 || Page > Pages || Pages > PagesMax || Rows.Append(Session).Any(code => !IsCode(code)))
            throw new ArgumentException("The page cannot be written as a code.");
        var body = $"{Kind}{Session}{Alphabet[Page]}{Alphabet[Pages]}{(RightToLeft ? 'R' : 'L')}{string.Concat(Rows)}".ToUpperInvariant();
        return body + Check(body);
    }

    /// <summary>Reads what was printed; false when it is another code, or one with a wrong character.</summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out PageCode? code)
    {
        code = null;
        if (text is null || text.Length < HeadLength + CodeLength + CheckLength || !text.StartsWith(Kind, StringComparison.Ordinal)) return false;
        if (!text.All(Alphabet.Contains) || Check(text[..^CheckLength]) != text[^CheckLength..]) return false;
        var rows = text[HeadLength..^CheckLength].Chunk(CodeLength).Select(row => new string(row).ToLowerInvariant()).ToArray();
        var (page, pages, direction) = (Alphabet.IndexOf(text[HeadLength - 3], StringComparison.Ordinal), Alphabet.IndexOf(text[HeadLength - 2], StringComparison.Ordinal), text[HeadLength - 1]);
        var session = text[Kind.Length..(Kind.Length + CodeLength)].ToLowerInvariant();
        if (page < 1 || page > pages || direction is not ('R' or 'L') || rows.Length > SheetLayout.RowsMax || rows.Append(session).Any(row => !IsCode(row))) return false;
        code = new PageCode(session, page, pages, direction == 'R', rows);
        return true;
    }

    private static bool IsCode(string code) => code.Length == CodeLength && code.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter));

    private static string Check(string body)
    {
        var value = 0;
        foreach (var letter in body) value = (value * 46 + Alphabet.IndexOf(letter, StringComparison.Ordinal) + 1) % Modulus;
        return $"{Alphabet[value / (45 * 45)]}{Alphabet[value / 45 % 45]}{Alphabet[value % 45]}";
    }
}
