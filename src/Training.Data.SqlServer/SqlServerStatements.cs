using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Training.Data.Writing;

namespace Training.Data.SqlServer;

/// <summary>Statements on the change's transaction; the server keeps their plans.</summary>
internal sealed class SqlServerStatements(TrainingDbContext db) : IStatements
{
    public DbCommand Get(string sql, params ReadOnlySpan<object?> values)
    {
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
        var command = Get(sql, values);
        return new Rows(command, command.ExecuteReader());
    }

    private sealed class Rows(DbCommand command, DbDataReader reader) : StatementRows
    {
        public override bool Next() => reader.Read();

        public override bool IsNull(int column) => reader.IsDBNull(column);

        public override int Number(int column) => Convert.ToInt32(reader.GetValue(column), System.Globalization.CultureInfo.InvariantCulture);

        public override string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

        public override DateOnly Date(int column) => DateOnly.FromDateTime(reader.GetDateTime(column));

        public override ReadOnlySpan<byte> Bytes(int column) => reader.IsDBNull(column) ? [] : (byte[])reader.GetValue(column);

        public override void Dispose()
        {
            reader.Dispose();
            command.Dispose();
        }
    }
}
