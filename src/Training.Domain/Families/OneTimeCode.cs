using System.Security.Cryptography;
using Training.Domain.Common;

namespace Training.Domain.Families;

/// <summary>What became of a try at a one-time code.</summary>
public enum CodeTry
{
    /// <summary>It is the code, in time.</summary>
    Right,

    /// <summary>It is another.</summary>
    Wrong,

    /// <summary>Too late, used already, or tried too often: nothing opens any more.</summary>
    Over,
}

/// <summary>Six digits sent to a guardian's phone: they prove that the phone is at hand. Only a keyed hash is kept.</summary>
public sealed class OneTimeCode
{
    /// <summary>How many digits.</summary>
    public const int Digits = 6;

    /// <summary>Tries at one code.</summary>
    public const int TriesMax = 5;

    /// <summary>Codes to one phone, or for one child, within an hour and within a day: with five tries each, 25 guesses an hour and 50 a day.</summary>
    public const int PerHour = 5, PerDay = 10;

    /// <summary>How long a code opens.</summary>
    public static readonly TimeSpan LifeTime = TimeSpan.FromMinutes(10);

    /// <summary>Key, part of what is hashed.</summary>
    public required Guid Id { get; init; }

    /// <summary>The child whose file it opens.</summary>
    public required int ParticipantId { get; init; }

    /// <summary>To whom it was sent.</summary>
    public required int GuardianId { get; init; }

    /// <summary>The personal link by which the family came; null when by the printed code.</summary>
    public int? LinkId { get; init; }

    /// <summary>HMAC-SHA256 of key and digits.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Tries { get; private set; }

    /// <summary>When it opened; null while it has not.</summary>
    public DateTimeOffset? UsedAt { get; private set; }

    /// <summary>Six digits nobody can foresee.</summary>
    public static string Draw() => RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The digits as people type them, with spaces and in either set of digits; null when it is no code.</summary>
    public static string? Read(string? text)
    {
        var digits = new string([.. (text ?? "").Select(TypedCharacters.DigitValue).Where(value => value >= 0).Select(value => (char)('0' + value))]);
        return digits.Length == Digits ? digits : null;
    }

    /// <summary>What is kept of the digits.</summary>
    /// <param name="secret">The installation's secret.</param>
    /// <param name="id">Key of the code.</param>
    /// <param name="digits">The digits.</param>
    public static byte[] HashOf(ReadOnlySpan<byte> secret, Guid id, string digits) =>
        HMACSHA256.HashData(secret, [.. id.ToByteArray(), .. System.Text.Encoding.ASCII.GetBytes(digits)]);

    /// <summary>Tries the digits; each try counts, the right one too.</summary>
    /// <param name="hash">What <see cref="HashOf"/> makes of them.</param>
    /// <param name="now">The time.</param>
    public CodeTry Try(ReadOnlySpan<byte> hash, DateTimeOffset now)
    {
        if (UsedAt is not null || Tries >= TriesMax || now > SentAt + LifeTime) return CodeTry.Over;
        Tries++;
        if (!CryptographicOperations.FixedTimeEquals(hash, Hash)) return Tries >= TriesMax ? CodeTry.Over : CodeTry.Wrong;
        UsedAt = now;
        return CodeTry.Right;
    }
}
