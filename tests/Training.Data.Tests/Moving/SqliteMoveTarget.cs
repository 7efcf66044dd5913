using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Training.Data.Moving;

namespace Training.Data.Tests.Moving;

/// <summary>A second file in the place of the server, so that the whole pass runs where there is none.</summary>
internal sealed class SqliteMoveTarget : IMoveTarget, IAsyncDisposable
{
    private readonly SqliteConnection connection;
    private readonly ISqlGenerationHelper sql;

    private SqliteMoveTarget(SqliteConnection connection, ISqlGenerationHelper sql)
    {
        (this.connection, this.sql) = (connection, sql);
        Rows = new RowReader(connection, sql);
    }

    public RowReader Rows { get; }

    /// <summary>Changes what is written; a target that does so must be found out.</summary>
    public Func<MovedTable, object?[], object?[]?>? Falsify { get; init; }

    public static async Task<SqliteMoveTarget> OpenAsync(TrainingDbContext db, CancellationToken cancellationToken) => new(await ConnectAsync(db), db.GetService<ISqlGenerationHelper>());

    public static async Task<SqliteMoveTarget> FalsifyingAsync(TrainingDbContext db, Func<MovedTable, object?[], object?[]?> falsify) =>
        new(await ConnectAsync(db), db.GetService<ISqlGenerationHelper>()) { Falsify = falsify };

    public async Task WriteAsync(MovedTable table, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        await using var transaction = connection.BeginTransaction();
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"INSERT INTO {sql.DelimitIdentifier(table.Name)} ({string.Join(", ", table.Columns.Select(column => sql.DelimitIdentifier(column.Name)))}) "
            + $"VALUES ({string.Join(", ", table.Columns.Select((_, i) => $"$p{i}"))})";
        for (var i = 0; i < table.Columns.Count; i++) command.Parameters.AddWithValue($"$p{i}", DBNull.Value);
        foreach (var given in rows)
        {
            if ((Falsify is { } falsify ? falsify(table, [.. given]) : given) is not { } row) continue;
            for (var i = 0; i < row.Length; i++) command.Parameters[i].Value = row[i] ?? DBNull.Value;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
    }

    public Task RaiseKeyAsync(MovedTable table, long highest, CancellationToken cancellationToken) => RunAsync(
        $"INSERT INTO sqlite_sequence (name, seq) SELECT '{table.Name}', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = '{table.Name}');"
        + $"UPDATE sqlite_sequence SET seq = {highest} WHERE name = '{table.Name}'");

    public async Task CheckTiesAsync(MovedTable table, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM pragma_foreign_key_check('{table.Name}')";
        if (Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), null) > 0) throw new MoveException($"A row of {table.Name} points at one that is not there.");
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static async Task<SqliteConnection> ConnectAsync(TrainingDbContext db)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = false, ForeignKeys = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private async Task RunAsync(string text)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        await command.ExecuteNonQueryAsync();
    }
}
