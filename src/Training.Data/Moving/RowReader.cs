using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Storage;

namespace Training.Data.Moving;

/// <summary>Reads tables from either database, value by value in the type that both keep.</summary>
/// <param name="connection">Open.</param>
/// <param name="sql">How the database writes names.</param>
public sealed class RowReader(DbConnection connection, ISqlGenerationHelper sql)
{
    /// <summary>The question for all rows of a table.</summary>
    public string QueryOf(MovedTable table) =>
        $"SELECT {string.Join(", ", table.Columns.Select(column => sql.DelimitIdentifier(column.Name)))} FROM {sql.DelimitIdentifier(table.Name)} "
        + $"ORDER BY {string.Join(", ", table.Key.Select(sql.DelimitIdentifier))}";

    /// <summary>All rows of a table, in the order of its key.</summary>
    public async IAsyncEnumerable<object?[]> ReadAsync(MovedTable table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = QueryOf(table);
        command.CommandTimeout = 0; // A table is as long as it is.
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = new object?[table.Columns.Count];
            for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : ValueOf(reader, i, table.Columns[i].Type);
            yield return row;
        }
    }

    /// <summary>Counts and sums a table.</summary>
    public async Task<RowSum> SumAsync(MovedTable table, CancellationToken cancellationToken)
    {
        var sum = new RowSum();
        await foreach (var row in ReadAsync(table, cancellationToken)) sum.Add(row);
        return sum;
    }

    /// <summary>True when a table has a row.</summary>
    public async Task<bool> HasRowsAsync(MovedTable table, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT CASE WHEN EXISTS (SELECT 1 FROM {sql.DelimitIdentifier(table.Name)}) THEN 1 ELSE 0 END";
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken), null) == 1;
    }

    private static object ValueOf(DbDataReader reader, int column, Type type)
    {
        if (type == typeof(int)) return reader.GetInt32(column);
        if (type == typeof(string)) return reader.GetString(column);
        if (type == typeof(DateTime)) return reader.GetDateTime(column);
        if (type == typeof(bool)) return reader.GetBoolean(column);
        if (type == typeof(byte)) return reader.GetByte(column);
        if (type == typeof(short)) return reader.GetInt16(column);
        if (type == typeof(long)) return reader.GetInt64(column);
        if (type == typeof(double)) return reader.GetDouble(column);
        if (type == typeof(Guid)) return reader.GetGuid(column);
        if (type == typeof(byte[])) return reader.GetFieldValue<byte[]>(column);
        if (type == typeof(DateOnly)) return reader.GetFieldValue<DateOnly>(column);
        if (type == typeof(TimeOnly)) return reader.GetFieldValue<TimeOnly>(column);
        throw new NotSupportedException($"No reading of {type.Name} yet.");
    }
}
