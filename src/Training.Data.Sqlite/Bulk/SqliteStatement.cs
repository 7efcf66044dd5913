using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Training.Data.Writing;

namespace Training.Data.Sqlite.Bulk;

/// <summary>One prepared statement and, while it is read, its rows. Its values and columns are those of Microsoft.Data.Sqlite.</summary>
internal sealed unsafe class SqliteStatement : StatementRows
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt owner;
    private readonly nint statement;
    private readonly nint handle;
    private readonly int[] positions;
    private readonly SqliteBinding binding;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        handle = database.DangerousGetHandle();
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out owner), database);
        statement = owner.DangerousGetHandle();
        binding = new SqliteBinding(statement);
        positions = [.. Enumerable.Range(0, raw.sqlite3_bind_parameter_count(owner)).Select(i => raw.sqlite3_bind_parameter_index(owner, $"@p{i}"))];
    }

    /// <summary>Runs a statement that gives no rows.</summary>
    public int Execute(ReadOnlySpan<object?> values)
    {
        Bind(values);
        using (this) Next();
        return SqliteNative.Changes(handle);
    }

    /// <summary>Begins to read.</summary>
    public SqliteStatement Query(ReadOnlySpan<object?> values)
    {
        Bind(values);
        return this;
    }

    public override bool Next()
    {
        var result = SqliteNative.Step(statement);
        if (result == raw.SQLITE_ROW) return true;
        if (result != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(result, database);
        return false;
    }

    public override bool IsNull(int column) => SqliteNative.ColumnType(statement, column) == raw.SQLITE_NULL;

    public override int Number(int column) => (int)SqliteNative.ColumnInteger(statement, column);

    public override string? Text(int column)
    {
        var text = SqliteNative.ColumnText(statement, column);
        return text is null ? null : Encoding.UTF8.GetString(text, SqliteNative.ColumnBytes(statement, column));
    }

    public override DateOnly Date(int column)
    {
        var text = SqliteNative.ColumnText(statement, column);
        if (text is null || SqliteNative.ColumnBytes(statement, column) < 10) throw new InvalidCastException("The column holds no day.");
        return new DateOnly(Digits(text, 4), Digits(text + 5, 2), Digits(text + 8, 2));
    }

    public override ReadOnlySpan<byte> Bytes(int column)
    {
        var bytes = SqliteNative.ColumnBlob(statement, column);
        return bytes is null ? [] : new ReadOnlySpan<byte>(bytes, SqliteNative.ColumnBytes(statement, column));
    }

    /// <summary>Ends the reading; the statement stays prepared.</summary>
    public override void Dispose() => _ = SqliteNative.Reset(statement);

    /// <summary>Lets the statement go.</summary>
    public void Close() => owner.Dispose();

    private static int Digits(byte* text, int count)
    {
        var number = 0;
        for (var i = 0; i < count; i++) number = number * 10 + (text[i] - '0');
        return number;
    }

    private void Bind(ReadOnlySpan<object?> values)
    {
        if (values.Length != positions.Length) throw new ArgumentException($"The statement takes {positions.Length} values.", nameof(values));
        binding.Begin();
        for (var i = 0; i < values.Length; i++) binding.BindAny(positions[i], values[i]);
        if (binding.Result != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(binding.Result, database);
    }
}
