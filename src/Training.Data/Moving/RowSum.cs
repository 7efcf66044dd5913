using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Training.Data.Moving;

/// <summary>
/// How many rows a table has, and a sum over them that does not depend on their order, which two databases need not agree upon: each row
/// is hashed whole (SHA-256, of which 128 bits), and the hashes are added. Equal on both sides means the same rows, each as often.
/// </summary>
public sealed class RowSum
{
    private readonly ArrayBufferWriter<byte> row = new(256);

    /// <summary>Rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Their sum.</summary>
    public UInt128 Sum { get; private set; }

    /// <summary>Adds one row: values as the databases keep them, null for none.</summary>
    public void Add(IReadOnlyList<object?> values)
    {
        row.ResetWrittenCount();
        foreach (var value in values) Append(value);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(row.WrittenSpan, hash);
        Rows++;
        Sum = unchecked(Sum + BinaryPrimitives.ReadUInt128LittleEndian(hash));
    }

    /// <summary>As it is printed: the first eight digits tell two tables apart, all of them are compared.</summary>
    public override string ToString() => Sum.ToString("x32", null)[..8];

    /// <summary>Each value begins with its kind, and what has no fixed length with its length: no two rows are written alike.</summary>
    private void Append(object? value)
    {
        switch (value)
        {
            case null: Number(0, 0); break;
            case bool yes: Number(1, yes ? 1 : 0); break;
            case byte number: Number(1, number); break;
            case short number: Number(1, number); break;
            case int number: Number(1, number); break;
            case long number: Number(1, number); break;
            case double number: Number(2, BitConverter.DoubleToInt64Bits(number)); break;
            case DateTime instant: Number(3, instant.Ticks); break;
            case DateOnly day: Number(4, day.DayNumber); break;
            case TimeOnly time: Number(5, time.Ticks); break;
            case Guid id:
                Number(6, 16);
                if (!id.TryWriteBytes(row.GetSpan(16))) throw new InvalidOperationException("A GUID has 16 bytes.");
                row.Advance(16);
                break;
            case string text:
                Number(7, text.Length);
                // As it stands in memory: a half of a pair that some list brought is kept as it is, not replaced.
                row.Write(MemoryMarshal.AsBytes(text.AsSpan()));
                break;
            case byte[] bytes:
                Number(8, bytes.Length);
                row.Write(bytes);
                break;
            default: throw new NotSupportedException($"No sum of {value.GetType().Name} yet.");
        }
    }

    private void Number(byte kind, long number)
    {
        var span = row.GetSpan(9);
        span[0] = kind;
        BinaryPrimitives.WriteInt64LittleEndian(span[1..], number);
        row.Advance(9);
    }
}
