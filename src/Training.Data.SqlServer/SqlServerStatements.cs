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
        for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"@p{i}", values[i] ?? DBNull.Value);
        return command;
    }
}
