using System.Buffers;
using System.Globalization;
using System.Text;
using SQLitePCL;

namespace Training.Data.Sqlite.Bulk;

/// <summary>Binds values by position, written as Microsoft.Data.Sqlite writes them: a test compares every mapped type.</summary>
internal static class SqliteValues
{
    private const int OnStack = 512;

    public static void Bind(sqlite3_stmt statement, int position, int value) => raw.sqlite3_bind_int(statement, position, value);

    public static void Bind(sqlite3_stmt statement, int position, byte value) => raw.sqlite3_bind_int(statement, position, value);

    public static void Bind(sqlite3_stmt statement, int position, short value) => raw.sqlite3_bind_int(statement, position, value);

    public static void Bind(sqlite3_stmt statement, int position, bool value) => raw.sqlite3_bind_int(statement, position, value ? 1 : 0);

    public static void Bind(sqlite3_stmt statement, int position, long value) => raw.sqlite3_bind_int64(statement, position, value);

    public static void Bind(sqlite3_stmt statement, int position, double value) => raw.sqlite3_bind_double(statement, position, value);

    public static void Bind(sqlite3_stmt statement, int position, byte[]? value)
    {
        if (value is null) raw.sqlite3_bind_null(statement, position);
        else raw.sqlite3_bind_blob(statement, position, value.AsSpan());
    }

    public static void Bind(sqlite3_stmt statement, int position, Guid value) => Bind(statement, position, value.ToString().ToUpperInvariant());

    public static void Bind(sqlite3_stmt statement, int position, TimeOnly value) =>
        Bind(statement, position, value.ToString(value.Ticks % TimeSpan.TicksPerSecond == 0 ? @"HH\:mm\:ss" : @"HH\:mm\:ss\.fffffff", CultureInfo.InvariantCulture));

    public static void Bind(sqlite3_stmt statement, int position, DateOnly value)
    {
        Span<byte> text = stackalloc byte[10];
        Digits(text[..4], value.Year);
        text[4] = (byte)'-';
        Digits(text.Slice(5, 2), value.Month);
        text[7] = (byte)'-';
        Digits(text[8..], value.Day);
        raw.sqlite3_bind_text(statement, position, text);
    }

    public static void Bind(sqlite3_stmt statement, int position, DateTime value)
    {
        Span<byte> text = stackalloc byte[32];
        value.TryFormat(text, out var length, @"yyyy\-MM\-dd HH\:mm\:ss.FFFFFFF", CultureInfo.InvariantCulture);
        raw.sqlite3_bind_text(statement, position, text[..length]);
    }

    public static void Bind(sqlite3_stmt statement, int position, string? value)
    {
        if (value is null)
        {
            raw.sqlite3_bind_null(statement, position);
            return;
        }
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var rented = most <= OnStack ? null : ArrayPool<byte>.Shared.Rent(most);
        var text = rented ?? stackalloc byte[OnStack];
        raw.sqlite3_bind_text(statement, position, text[..Encoding.UTF8.GetBytes(value, text)]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
    }

    public static void BindNull(sqlite3_stmt statement, int position) => raw.sqlite3_bind_null(statement, position);

    private static void Digits(Span<byte> target, int number)
    {
        for (var i = target.Length - 1; i >= 0; i--)
        {
            target[i] = (byte)('0' + number % 10);
            number /= 10;
        }
    }
}
