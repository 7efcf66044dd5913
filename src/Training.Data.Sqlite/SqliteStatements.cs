using System.Data.Common;
using Microsoft.Data.Sqlite;
using Training.Data.Writing;

namespace Training.Data.Sqlite;

/// <summary>Prepared statements, kept for the life of the writer's connection.</summary>
internal sealed class SqliteStatements(SqliteConnection connection) : IStatements, IDisposable
{
    private readonly Dictionary<string, SqliteCommand> prepared = [];

    public SqliteTransaction? Transaction { get; set; }

    public DbCommand Get(string sql, params ReadOnlySpan<object?> values)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++) command.Parameters.Add(new SqliteParameter($"@p{i}", null));
            prepared.Add(sql, command);
        }
        command.Transaction = Transaction;
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    public void Run(string sql) => Get(sql).ExecuteNonQuery();

    public void Dispose()
    {
        foreach (var command in prepared.Values) command.Dispose();
    }
}
