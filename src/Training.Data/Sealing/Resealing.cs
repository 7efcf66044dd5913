using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Training.Data.Writing;
using Training.Domain.Common;

namespace Training.Data.Sealing;

/// <summary>A column whose words are sealed.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Column">Its name.</param>
/// <param name="Key">The columns of the table's key.</param>
public sealed record SealedColumn(string Table, string Column, IReadOnlyList<string> Key)
{
    /// <summary>As it is authenticated with each value.</summary>
    public string Name => $"{Table}.{Column}";

    /// <summary>Every sealed column, read from the model.</summary>
    public static IReadOnlyList<SealedColumn> Of(IModel model) =>
    [
        .. from type in model.GetEntityTypes()
           from property in type.GetProperties()
           where property.GetTypeMapping().Converter is SealedConverter
           let table = StoreObjectIdentifier.Table(type.GetTableName()!)
           orderby table.Name, property.Name
           select new SealedColumn(table.Name, property.GetColumnName(table)!, [.. type.FindPrimaryKey()!.Properties.Select(key => key.GetColumnName(table)!)]),
    ];
}

/// <summary>
/// Seals again, under the newest key, what an older key has sealed or nobody has yet. A value is replaced only while it is what was read,
/// so that whoever writes meanwhile wins; what is done needs no note, so that a killed run goes on where it stood.
/// </summary>
/// <param name="gate">Where changes go.</param>
/// <param name="options">How the database is opened.</param>
public sealed class Resealing(IWriteGate gate, DbContextOptions<TrainingDbContext> options)
{
    /// <summary>Values in one change.</summary>
    private const int AtOnce = 200;

    private sealed record Found(object[] Key, string Stored);

    /// <summary>Passes over every sealed column.</summary>
    /// <param name="key">The key that seals from now on.</param>
    /// <param name="cancellationToken">Gives up between two changes.</param>
    /// <returns>How many values were sealed again.</returns>
    /// <exception cref="SealingException">A value does not open; those before it are done.</exception>
    public async Task<int> RunAsync(SealingKey key, CancellationToken cancellationToken)
    {
        var done = 0;
        await using var db = new TrainingDbContext(options);
        foreach (var column in SealedColumn.Of(db.Model))
        {
            // Who wrote meanwhile under an older key is met by another pass; one that changes nothing is the last.
            int changed;
            do done += changed = await PassAsync(db, column, key, cancellationToken);
            while (changed > 0);
        }
        return done;
    }

    /// <summary>Passes over a column once, in the order of the table's key: each batch begins where the one before ended.</summary>
    private async Task<int> PassAsync(TrainingDbContext db, SealedColumn column, SealingKey key, CancellationToken cancellationToken)
    {
        var done = 0;
        object[]? after = null;
        while (await OthersAsync(db, column, key.Id, after, cancellationToken) is { Count: > 0 } found)
        {
            var fresh = found.ConvertAll(row => SealedText.Seal(SealedText.Open(row.Stored, column.Name)!, column.Name, key));
            var changed = await gate.WriteBulkAsync<int>((write, token) => ReplaceAsync(write.Db, column, found, fresh, token), cancellationToken);
            if (changed is not { Succeeded: true, Value: > 0 }) break;
            done += changed.Value;
            after = found[^1].Key;
        }
        return done;
    }

    /// <summary>How many values a key has sealed; null as key: how many stand open.</summary>
    public async Task<int> CountAsync(string? keyId, CancellationToken cancellationToken)
    {
        var count = 0;
        await using var db = new TrainingDbContext(options);
        foreach (var column in SealedColumn.Of(db.Model))
        {
            await using var command = await CommandAsync(db, cancellationToken);
            var names = db.GetService<ISqlGenerationHelper>();
            var (table, name) = (names.DelimitIdentifier(column.Table), names.DelimitIdentifier(column.Column));
            command.CommandText = $"SELECT COUNT(*) FROM {table} WHERE {name} IS NOT NULL AND {name} {(keyId is null ? "NOT LIKE" : "LIKE")} @p0";
            Add(command, keyId is null ? "sealed1:%" : SealedText.BeginningOf(keyId) + "%");
            count += Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken), null);
        }
        return count;
    }

    private static async Task<Result<int>> ReplaceAsync(TrainingDbContext db, SealedColumn column, List<Found> found, List<string> fresh, CancellationToken cancellationToken)
    {
        var names = db.GetService<ISqlGenerationHelper>();
        var name = names.DelimitIdentifier(column.Column);
        var where = string.Join(" AND ", column.Key.Select((key, index) => $"{names.DelimitIdentifier(key)} = {{{index + 2}}}"));
        var sql = $"UPDATE {names.DelimitIdentifier(column.Table)} SET {name} = {{0}} WHERE {name} = {{1}} AND {where}";
        var changed = 0;
        for (var i = 0; i < found.Count; i++) changed += await db.Database.ExecuteSqlRawAsync(sql, [fresh[i], found[i].Stored, .. found[i].Key], cancellationToken);
        return changed;
    }

    private static async Task<List<Found>> OthersAsync(TrainingDbContext db, SealedColumn column, string keyId, object[]? after, CancellationToken cancellationToken)
    {
        var names = db.GetService<ISqlGenerationHelper>();
        var name = names.DelimitIdentifier(column.Column);
        await using var command = await CommandAsync(db, cancellationToken);
        command.CommandText = $"SELECT {name}, {string.Join(", ", column.Key.Select(names.DelimitIdentifier))} FROM {names.DelimitIdentifier(column.Table)} "
            + $"WHERE {name} IS NOT NULL AND {name} NOT LIKE @p0{(after is null ? "" : $" AND {Behind([.. column.Key.Select(names.DelimitIdentifier)], 0)}")} "
            + $"ORDER BY {string.Join(", ", column.Key.Select(names.DelimitIdentifier))}";
        Add(command, SealedText.BeginningOf(keyId) + "%");
        foreach (var part in after ?? []) Add(command, part);
        var found = new List<Found>();
        await using var rows = await command.ExecuteReaderAsync(CommandBehavior.Default, cancellationToken);
        // Not all at once, and neither database's own way of saying so.
        while (found.Count < AtOnce && await rows.ReadAsync(cancellationToken))
            found.Add(new Found([.. Enumerable.Range(1, column.Key.Count).Select(rows.GetValue)], rows.GetString(0)));
        command.Cancel();
        return found;
    }

    /// <summary>True behind a key, by its columns in turn; the parameters follow the one of the sealed words.</summary>
    private static string Behind(string[] key, int from)
    {
        var (column, value) = (key[from], string.Create(CultureInfo.InvariantCulture, $"@p{from + 1}"));
        return from == key.Length - 1 ? $"{column} > {value}" : $"{column} >= {value} AND ({column} > {value} OR ({Behind(key, from + 1)}))";
    }

    private static async Task<DbCommand> CommandAsync(TrainingDbContext db, CancellationToken cancellationToken)
    {
        var connection = db.Database.GetDbConnection();
        if (connection.State != ConnectionState.Open) await db.Database.OpenConnectionAsync(cancellationToken);
        var command = connection.CreateCommand();
        command.CommandTimeout = 0; // A table is as long as it is.
        return command;
    }

    private static void Add(DbCommand command, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (string.Create(CultureInfo.InvariantCulture, $"@p{command.Parameters.Count}"), value);
        command.Parameters.Add(parameter);
    }
}
