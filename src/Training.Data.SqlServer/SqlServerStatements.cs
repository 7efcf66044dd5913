using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Training.Data.Writing;

namespace Training.Data.SqlServer;

/// <summary>
/// Statements on the change's transaction; the server keeps their plans. A query's rows are read at once, since a connection serves
/// one command at a time, and the rows that wait go before each statement, so that it sees them.
/// </summary>
internal sealed class SqlServerStatements(TrainingDbContext db, SqlServerRowWriter? pending = null) : IStatements
{
    public DbCommand Get(string sql, params ReadOnlySpan<object?> values)
    {
        pending?.Flush();
        var command = (SqlCommand)db.Database.GetDbConnection().CreateCommand();
        command.Transaction = (SqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.Parameters.AddWithValue($"@p{i}", values[i] ?? DBNull.Value);
            // By itself the driver would round an instant to the three hundredth of a second of the old type.
            if (values[i] is DateTime) parameter.SqlDbType = SqlDbType.DateTime2;
        }
        return command;
    }

    public int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        using var command = Get(sql, values);
        return command.ExecuteNonQuery();
    }

    public StatementRows Query(string sql, params ReadOnlySpan<object?> values)
    {
        using var command = Get(sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }
        return new Rows(rows);
    }

    private sealed class Rows(List<object[]> rows) : StatementRows
    {
        private int at = -1;

        public override bool Next() => ++at < rows.Count;

        public override bool IsNull(int column) => rows[at][column] is DBNull;

        public override int Number(int column) => Convert.ToInt32(rows[at][column], System.Globalization.CultureInfo.InvariantCulture);

        public override string? Text(int column) => rows[at][column] as string;

        public override DateOnly Date(int column) => rows[at][column] switch
        {
            DateTime day => DateOnly.FromDateTime(day),
            DateTimeOffset instant => DateOnly.FromDateTime(instant.UtcDateTime),
            var other => throw new InvalidCastException($"{other.GetType().Name} is no day."),
        };

        public override ReadOnlySpan<byte> Bytes(int column) => rows[at][column] as byte[];

        public override void Dispose()
        {
            // Nothing is open.
        }
    }
}
