using System.Data;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Training.Data.Moving;

namespace Training.Data.SqlServer;

/// <summary>A server's database that is moved into, by bulk copy.</summary>
public sealed class SqlServerMoveTarget : IMoveTarget, IAsyncDisposable
{
    /// <summary>A key twice, in an index or a constraint.</summary>
    private static readonly int[] Doubled = [2601, 2627];

    private const int PointsNowhere = 547;

    private readonly SqlConnection connection;
    private readonly ISqlGenerationHelper sql;

    private SqlServerMoveTarget(SqlConnection connection, ISqlGenerationHelper sql)
    {
        this.connection = connection;
        this.sql = sql;
        Rows = new RowReader(connection, sql);
    }

    /// <inheritdoc/>
    public RowReader Rows { get; }

    /// <summary>Opens it; the schema is there.</summary>
    public static async Task<SqlServerMoveTarget> OpenAsync(TrainingDbContext db, CancellationToken cancellationToken)
    {
        var connection = new SqlConnection(db.Database.GetConnectionString());
        await connection.OpenAsync(cancellationToken);
        return new SqlServerMoveTarget(connection, db.GetService<ISqlGenerationHelper>());
    }

    /// <inheritdoc/>
    public async Task WriteAsync(MovedTable table, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        using var data = new DataTable();
        foreach (var column in table.Columns) data.Columns.Add(column.Name, BulkValues.TypeOf(column.Type));
        foreach (var row in rows) data.Rows.Add([.. row.Select(BulkValues.Of)]);
        using var copy = new SqlBulkCopy(
            connection, SqlBulkCopyOptions.KeepIdentity | SqlBulkCopyOptions.KeepNulls | SqlBulkCopyOptions.UseInternalTransaction, null)
        {
            DestinationTableName = sql.DelimitIdentifier(table.Name),
            BulkCopyTimeout = 0,
        };
        foreach (var column in table.Columns) copy.ColumnMappings.Add(column.Name, column.Name);
        try
        {
            await copy.WriteToServerAsync(data, cancellationToken);
        }
        catch (SqlException refused) when (Doubled.Contains(refused.Number))
        {
            throw new MoveException($"{table.Name} holds two rows that are one to the server: they differ only in capitals, accents or spaces at the end.", refused);
        }
    }

    /// <inheritdoc/>
    public Task RaiseKeyAsync(MovedTable table, long highest, CancellationToken cancellationToken) =>
        RunAsync(RaiseSql(sql, table, highest), cancellationToken);

    /// <inheritdoc/>
    public async Task CheckTiesAsync(MovedTable table, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(CheckSql(sql, table), cancellationToken);
        }
        catch (SqlException broken) when (broken.Number == PointsNowhere)
        {
            throw new MoveException($"A row of {table.Name} points at one that is not there.", broken);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => connection.DisposeAsync();

    /// <summary>A table that never had a row gives the very number, any other the next one: one above is free in both.</summary>
    internal static string RaiseSql(ISqlGenerationHelper sql, MovedTable table, long highest) =>
        $"DBCC CHECKIDENT (N'{sql.DelimitIdentifier(table.Name).Replace("'", "''", StringComparison.Ordinal)}', RESEED, {highest + 1}) WITH NO_INFOMSGS";

    /// <summary>The bulk copy leaves the constraints unasked and therefore untrusted by the server's planner.</summary>
    internal static string CheckSql(ISqlGenerationHelper sql, MovedTable table) =>
        $"ALTER TABLE {sql.DelimitIdentifier(table.Name)} WITH CHECK CHECK CONSTRAINT ALL";

    private async Task RunAsync(string text, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
