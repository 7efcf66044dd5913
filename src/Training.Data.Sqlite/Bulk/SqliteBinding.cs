using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Training.Data.Sqlite.Bulk;

/// <summary>
/// Binds a row's values by position, written as Microsoft.Data.Sqlite writes them: a test compares every mapped type. Texts lie in
/// one buffer that does not move until the row was inserted.
/// </summary>
internal sealed unsafe class SqliteBinding(nint statement)
{
    private const nint Static = 0;
    private const nint Transient = -1;

    /// <summary>Kept free for dates, which are never too long.</summary>
    private const int Reserve = 2 * 1024;

    private readonly byte[] buffer = GC.AllocateUninitializedArray<byte>(16 * 1024, pinned: true);
    private int used;

    /// <summary>0 as long as every value of the row was taken.</summary>
    public int Result { get; private set; }

    /// <summary>Begins a row.</summary>
    public void Begin() => (used, Result) = (0, 0);

    public void Bind(int position, int value) => Result |= SqliteNative.BindInteger(statement, position, value);

    public void Bind(int position, byte value) => Result |= SqliteNative.BindInteger(statement, position, value);

    public void Bind(int position, short value) => Result |= SqliteNative.BindInteger(statement, position, value);

    public void Bind(int position, long value) => Result |= SqliteNative.BindInteger(statement, position, value);

    public void Bind(int position, bool value) => Result |= SqliteNative.BindInteger(statement, position, value ? 1 : 0);

    public void Bind(int position, double value) => Result |= SqliteNative.BindReal(statement, position, value);

    public void BindNull(int position) => Result |= SqliteNative.BindNull(statement, position);

    public void Bind(int position, Guid value) => Bind(position, value.ToString().ToUpperInvariant());

    public void Bind(int position, TimeOnly value) =>
        Bind(position, value.ToString(value.Ticks % TimeSpan.TicksPerSecond == 0 ? @"HH\:mm\:ss" : @"HH\:mm\:ss\.fffffff", CultureInfo.InvariantCulture));

    public void Bind(int position, byte[]? value)
    {
        if (value is null)
        {
            BindNull(position);
            return;
        }
        // An empty array has no address, which SQLite would take for null.
        fixed (byte* bytes = value.Length == 0 ? buffer : value) Result |= SqliteNative.BindBlob(statement, position, bytes, value.Length, Transient);
    }

    public void Bind(int position, string? value)
    {
        if (value is null)
        {
            BindNull(position);
            return;
        }
        if (Encoding.UTF8.GetMaxByteCount(value.Length) <= buffer.Length - Reserve - used)
        {
            BindText(position, Encoding.UTF8.GetBytes(value, buffer.AsSpan(used)));
            return;
        }
        var bytes = Encoding.UTF8.GetBytes(value);
        fixed (byte* text = bytes) Result |= SqliteNative.BindText(statement, position, text, bytes.Length, Transient);
    }

    public void Bind(int position, DateOnly value)
    {
        var text = Room(10);
        Digits(text[..4], value.Year);
        text[4] = (byte)'-';
        Digits(text.Slice(5, 2), value.Month);
        text[7] = (byte)'-';
        Digits(text.Slice(8, 2), value.Day);
        BindText(position, 10);
    }

    public void Bind(int position, DateTime value)
    {
        value.TryFormat(Room(32), out var length, @"yyyy\-MM\-dd HH\:mm\:ss.FFFFFFF", CultureInfo.InvariantCulture);
        BindText(position, length);
    }

    /// <summary>Binds a value whose type is known only now.</summary>
    public void BindAny(int position, object? value)
    {
        switch (value)
        {
            case null: BindNull(position); break;
            case int number: Bind(position, number); break;
            case string text: Bind(position, text); break;
            case DateOnly day: Bind(position, day); break;
            case byte number: Bind(position, number); break;
            case long number: Bind(position, number); break;
            case bool truth: Bind(position, truth); break;
            case DateTime instant: Bind(position, instant); break;
            case Guid id: Bind(position, id); break;
            case byte[] bytes: Bind(position, bytes); break;
            default: throw new ArgumentException($"No statement takes a {value.GetType().Name}.", nameof(value));
        }
    }

    private Span<byte> Room(int length) => buffer.AsSpan(used, length);

    private void BindText(int position, int length)
    {
        var text = (byte*)Unsafe.AsPointer(ref buffer[used]);
        Result |= SqliteNative.BindText(statement, position, text, length, Static);
        used += length;
    }

    private static void Digits(Span<byte> target, int number)
    {
        for (var i = target.Length - 1; i >= 0; i--)
        {
            target[i] = (byte)('0' + number % 10);
            number /= 10;
        }
    }
}
