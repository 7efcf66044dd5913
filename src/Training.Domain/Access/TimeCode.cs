using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Training.Domain.Access;

/// <summary>One-time codes from a shared secret and the time: RFC 6238 with SHA-1, six digits, thirty seconds, as every authenticator knows them.</summary>
public static class TimeCode
{
    /// <summary>Length of a new secret, in bytes: the length of the hash, as RFC 4226 asks.</summary>
    public const int SecretBytes = 20;

    private const int Digits = 6;
    private const int StepSeconds = 30;

    /// <summary>Steps before and after now that are taken, for clocks that are not right.</summary>
    private const int Tolerance = 1;

    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The time step of an instant.</summary>
    public static long StepOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step.</summary>
    public static string Of(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        // SHA-1 is what the standard and the applications speak; its collisions do not touch a keyed hash.
#pragma warning disable CA5350
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & 0x7FFF_FFFF;
        return (number % 1_000_000).ToString($"D{Digits}", null);
    }

    /// <summary>The step whose code was typed, near now and after the last one taken; null when there is none.</summary>
    /// <param name="secret">The shared secret.</param>
    /// <param name="typed">As typed, blanks allowed.</param>
    /// <param name="now">The current instant.</param>
    /// <param name="lastStep">The last step a code was taken for.</param>
    public static long? Match(ReadOnlySpan<byte> secret, string? typed, DateTimeOffset now, long lastStep)
    {
        var code = string.Concat((typed ?? "").Where(symbol => !char.IsWhiteSpace(symbol)).Select(symbol => char.IsDigit(symbol) ? (char)('0' + (int)char.GetNumericValue(symbol)) : symbol));
        if (code.Length != Digits) return null;
        var current = StepOf(now);
        for (var step = Math.Max(current - Tolerance, lastStep + 1); step <= current + Tolerance; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(Of(secret, step)), System.Text.Encoding.ASCII.GetBytes(code))) return step;
        }
        return null;
    }

    /// <summary>The secret as people type it: base 32 in groups of four.</summary>
    public static string Spell(ReadOnlySpan<byte> secret)
    {
        var text = new System.Text.StringBuilder();
        var (bits, held) = (0, 0);
        foreach (var value in secret)
        {
            bits = (bits << 8) | value;
            for (held += 8; held >= 5; held -= 5) text.Append(Base32[(bits >> (held - 5)) & 31]);
            bits &= (1 << held) - 1;
        }
        if (held > 0) text.Append(Base32[(bits << (5 - held)) & 31]);
        for (var at = 4; at < text.Length; at += 5) text.Insert(at, ' ');
        return text.ToString();
    }
}
