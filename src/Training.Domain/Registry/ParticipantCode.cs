namespace Training.Domain.Registry;

/// <summary>Why a text is not a participant code.</summary>
public enum ParticipantCodeError
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>Not seven symbols of the alphabet.</summary>
    Malformed,

    /// <summary>Seven symbols, but the last does not follow from the others: someone mistyped.</summary>
    CheckSymbol,
}

/// <summary>
/// The public code of a participant: six symbols and a check symbol, shown <c>XXX-XXXX</c>.
/// It is a fixed shuffle of the internal key, so it needs no column and no search: <see cref="ToKey"/> gives the key back.
/// The shuffle hides how many people are registered and who came after whom; it is not a secret and gives no right.
/// </summary>
public readonly record struct ParticipantCode
{
    /// <summary>Number of different codes, 31⁶; keys go from 0 to one less.</summary>
    public const long Capacity = 887_503_681;

    /// <summary>Length of <see cref="ToString"/>, with the hyphen.</summary>
    public const int DisplayLength = 8;

    private const int Payload = 6;
    private const int HalfBits = 15;
    private const uint HalfMask = (1u << HalfBits) - 1;

    private readonly uint _value;

    private ParticipantCode(uint value) => _value = value;

    /// <summary>The code of an internal key.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The key is negative or not below <see cref="Capacity"/>.</exception>
    public static ParticipantCode FromKey(long id)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(id);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, Capacity);
        var value = (uint)id;
        // The shuffle works on 30 bits; stepping on until it falls in range keeps it one to one.
        do value = Shuffle(value);
        while (value >= Capacity);
        return new ParticipantCode(value);
    }

    /// <summary>The internal key; the inverse of <see cref="FromKey"/>.</summary>
    public long ToKey()
    {
        var value = _value;
        do value = Unshuffle(value);
        while (value >= Capacity);
        return value;
    }

    /// <summary>
    /// Reads a code as people type it: lower case, spaces, hyphens, either set of digits, O for 0, I or L for 1, S for 5, U for V.
    /// </summary>
    public static ParticipantCodeError Parse(ReadOnlySpan<char> text, out ParticipantCode code)
    {
        code = default;
        Span<byte> values = stackalloc byte[Payload + 1];
        if (!CodeAlphabet.TryRead(text, values)) return ParticipantCodeError.Malformed;
        if (!IsCode(values)) return ParticipantCodeError.CheckSymbol;
        code = Of(values[..Payload]);
        return ParticipantCodeError.None;
    }

    /// <summary>True when <see cref="Parse"/> finds no error.</summary>
    public static bool TryParse(string? text, out ParticipantCode code) => Parse(text, out code) == ParticipantCodeError.None;

    /// <summary>
    /// The codes from which a mistyped one is a single mistake away: one wrong symbol, or two exchanged. Empty when the text is a
    /// code, or has not as many symbols as one.
    /// </summary>
    public static IReadOnlyList<ParticipantCode> Near(ReadOnlySpan<char> text)
    {
        Span<byte> typed = stackalloc byte[Payload + 1];
        if (!CodeAlphabet.TryRead(text, typed) || IsCode(typed)) return [];
        var near = new List<ParticipantCode>();
        Span<byte> meant = stackalloc byte[Payload + 1];
        for (var i = 0; i <= Payload; i++)
        {
            typed.CopyTo(meant);
            // One symbol of all fits in each place.
            for (meant[i] = 0; meant[i] < CodeAlphabet.Size && !IsCode(meant);) meant[i]++;
            near.Add(Of(meant[..Payload]));
            for (var j = i + 1; j <= Payload; j++)
            {
                typed.CopyTo(meant);
                (meant[i], meant[j]) = (meant[j], meant[i]);
                if (IsCode(meant)) near.Add(Of(meant[..Payload]));
            }
        }
        return near;
    }

    /// <summary><c>XXX-XXXX</c>, capital letters.</summary>
    public override string ToString() => string.Create(DisplayLength, _value, static (target, value) =>
    {
        Span<byte> values = stackalloc byte[Payload];
        for (var i = Payload - 1; i >= 0; i--)
        {
            values[i] = (byte)(value % CodeAlphabet.Size);
            value /= CodeAlphabet.Size;
        }
        for (var i = 0; i < Payload; i++) target[i < 3 ? i : i + 1] = CodeAlphabet.Symbols[values[i]];
        target[3] = '-';
        target[DisplayLength - 1] = CodeAlphabet.Symbols[CheckOf(values)];
    });

    private static bool IsCode(ReadOnlySpan<byte> values) => values[Payload] == CheckOf(values[..Payload]);

    private static ParticipantCode Of(ReadOnlySpan<byte> payload)
    {
        uint value = 0;
        foreach (var symbol in payload) value = value * CodeAlphabet.Size + symbol;
        return new ParticipantCode(value);
    }

    /// <summary>
    /// Weights 2 to 7 for the six symbols and 1 for the check symbol, sum ≡ 0 modulo 31. Weights and their differences are
    /// not divisible by the prime 31, so any one wrong symbol and any two exchanged symbols change the sum.
    /// </summary>
    private static byte CheckOf(ReadOnlySpan<byte> values)
    {
        var sum = 0;
        for (var i = 0; i < values.Length; i++) sum += (i + 2) * values[i];
        return (byte)((CodeAlphabet.Size - sum % CodeAlphabet.Size) % CodeAlphabet.Size);
    }

    // A balanced Feistel network of four rounds over two halves of 15 bits. The round constants may never change: printed cards depend on them.
    private static uint Round(uint half, int round) => unchecked((half ^ RoundKeys[round]) * 0x9E3779B1u >> 9 & HalfMask);

    private static ReadOnlySpan<uint> RoundKeys => [0x2B7Eu, 0x51A3u, 0x6C0Du, 0x17E9u];

    private static uint Shuffle(uint value)
    {
        uint left = value >> HalfBits, right = value & HalfMask;
        for (var i = 0; i < RoundKeys.Length; i++) (left, right) = (right, left ^ Round(right, i));
        return left << HalfBits | right;
    }

    private static uint Unshuffle(uint value)
    {
        uint left = value >> HalfBits, right = value & HalfMask;
        for (var i = RoundKeys.Length - 1; i >= 0; i--) (left, right) = (right ^ Round(left, i), left);
        return left << HalfBits | right;
    }
}
