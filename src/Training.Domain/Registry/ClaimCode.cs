using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Training.Domain.Registry;

/// <summary>
/// The secret code printed for a family: ten symbols shown <c>XXXXX-XXXXX</c>, 49.5 bits. It is derived from the
/// installation's secret, the participant and the issue number, so it can be printed again and is stored nowhere;
/// raising the issue number makes the earlier paper worthless. Only <see cref="LookupHash"/> is kept.
/// </summary>
public readonly record struct ClaimCode
{
    /// <summary>Length of <see cref="ToString"/>, with the hyphen.</summary>
    public const int DisplayLength = 11;

    /// <summary>Shortest secret that <see cref="Derive"/> takes, in bytes.</summary>
    public const int MinSecretLength = 16;

    private const int Symbols = 10;
    private const ulong Capacity = 819_628_286_980_801; // 31^10

    private readonly ulong _value;

    private ClaimCode(ulong value) => _value = value;

    /// <summary>The code of one participant and issue: HMAC-SHA256(secret, key ‖ issue), big-endian, its first 16 bytes modulo 31¹⁰.</summary>
    /// <param name="secret">The installation's secret, at least <see cref="MinSecretLength"/> bytes.</param>
    /// <param name="participantKey">Internal key of the participant.</param>
    /// <param name="issue">Which paper this is: 1 for the first, one more each time the earlier one must stop working.</param>
    public static ClaimCode Derive(ReadOnlySpan<byte> secret, long participantKey, int issue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(secret.Length, MinSecretLength, nameof(secret));
        Span<byte> message = stackalloc byte[12];
        BinaryPrimitives.WriteInt64BigEndian(message, participantKey);
        BinaryPrimitives.WriteInt32BigEndian(message[8..], issue);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, message, hash);
        return new ClaimCode((ulong)(BinaryPrimitives.ReadUInt128BigEndian(hash) % Capacity));
    }

    /// <summary>Reads a code as people type it: lower case, spaces, hyphens, either set of digits, and the usual confusions (O for 0, I or L for 1, S for 5, U for V).</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ClaimCode code)
    {
        code = default;
        Span<byte> values = stackalloc byte[Symbols];
        if (!CodeAlphabet.TryRead(text, values)) return false;
        ulong value = 0;
        foreach (var symbol in values) value = value * CodeAlphabet.Size + symbol;
        code = new ClaimCode(value);
        return true;
    }

    /// <summary>
    /// What the database keeps and indexes: the first 8 bytes of SHA-256 over the ten ASCII symbols, as a signed big-endian
    /// number. It does not give the code back without trying all 31¹⁰; the match still has to be confirmed with the birth date.
    /// </summary>
    public long LookupHash()
    {
        Span<byte> text = stackalloc byte[Symbols];
        var value = _value;
        for (var i = Symbols - 1; i >= 0; i--)
        {
            text[i] = (byte)CodeAlphabet.Symbols[(int)(value % CodeAlphabet.Size)];
            value /= CodeAlphabet.Size;
        }
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }

    /// <summary><c>XXXXX-XXXXX</c>, capital letters. For the printed paper and the answer that orders it; never for a log.</summary>
    public override string ToString() => string.Create(DisplayLength, _value, static (target, value) =>
    {
        for (var i = Symbols - 1; i >= 0; i--)
        {
            target[i < 5 ? i : i + 1] = CodeAlphabet.Symbols[(int)(value % CodeAlphabet.Size)];
            value /= CodeAlphabet.Size;
        }
        target[5] = '-';
    });
}
