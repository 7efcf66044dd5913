using System.Data.Common;
using Microsoft.Data.Sqlite;
using Training.Data.Sqlite.Bulk;
using Training.Data.Writing;

namespace Training.Data.Sqlite;

/// <summary>
/// Prepared statements, kept for the life of the writer's connection. <see cref="Execute"/> and <see cref="Query"/> speak to SQLite
/// itself: the driver's command, parameters and reader cost more than the statements of a registration.
/// </summary>
internal sealed class SqliteStatements(SqliteConnection connection) : IStatements, IDisposable
{
    private readonly Dictionary<string, SqliteCommand> commands = [];
    private readonly Dictionary<string, SqliteStatement> statements = [];

    public SqliteTransaction? Transaction { get; set; }

    public DbCommand Get(string sql, params ReadOnlySpan<object?> values)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++) command.Parameters.Add(new SqliteParameter($"@p{i}", null));
            commands.Add(sql, command);
        }
        command.Transaction = Transaction;
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    public int Execute(string sql, params ReadOnlySpan<object?> values) => Statement(sql).Execute(values);

    public StatementRows Query(string sql, params ReadOnlySpan<object?> values) => Statement(sql).Query(values);

    public void Dispose()
    {
        foreach (var command in commands.Values) command.Dispose();
        foreach (var statement in statements.Values) statement.Close();
    }

    private SqliteStatement Statement(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement)) statements.Add(sql, statement = new SqliteStatement(connection, sql));
        return statement;
    }
}
