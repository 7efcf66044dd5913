using System.Globalization;
using System.Security.Cryptography;
using Training.Domain.Common;

namespace Training.Domain.Certificates;

/// <summary>The two codes printed on a certificate.</summary>
public static class CertificateCodes
{
    /// <summary>Characters of a verification code: 26 of 5 bits hold 128.</summary>
    public const int VerificationLength = 26;

    // Crockford's base 32: no I, L, O, U.
    private const string Symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private const int LongestTyped = 64;

    /// <summary>The printed number: the year it was earned and the certificate's key, for instance <c>2026-0000123</c>.</summary>
    public static string Number(DateOnly earnedOn, int key) =>
        string.Create(CultureInfo.InvariantCulture, $"{earnedOn.Year:D4}-{key:D7}");

    /// <summary>128 bits of the system's random source as 26 symbols; the first carries 3 of them.</summary>
    public static string NewVerificationCode()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        var value = new UInt128(BitConverter.ToUInt64(bytes), BitConverter.ToUInt64(bytes[8..]));
        Span<char> code = stackalloc char[VerificationLength];
        for (var i = VerificationLength - 1; i >= 0; i--)
        {
            code[i] = Symbols[(int)(value & 31)];
            value >>= 5;
        }
        return new string(code);
    }

    /// <summary>Reads a verification code as people type it: lower case, spaces, hyphens, O for 0, I or L for 1.</summary>
    /// <returns>The code as stored; null when it cannot be one.</returns>
    public static string? ReadVerificationCode(string? typed)
    {
        if (typed is null || typed.Length > LongestTyped) return null;
        Span<char> code = stackalloc char[VerificationLength];
        var count = 0;
        foreach (var c in typed)
        {
            if (TypedCharacters.IsDash(c) || TypedCharacters.IsSpace(c) || TypedCharacters.IsInvisible(c)) continue;
            var symbol = TypedCharacters.DigitValue(c) is >= 0 and var digit ? (char)('0' + digit) : char.ToUpperInvariant(c) switch
            {
                'O' => '0',
                'I' or 'L' => '1',
                var other => other,
            };
            if (count == VerificationLength || !Symbols.Contains(symbol, StringComparison.Ordinal)) return null;
            code[count++] = symbol;
        }
        return count == VerificationLength && code[0] <= '7' ? new string(code) : null;
    }
}
