using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Training.Data.Writing;

/// <summary>
/// How one entity becomes one row, read from the mapping itself, so that plain inserts and bulk copies can never drift from it.
/// Columns that the database fills (identity keys) are left out.
/// </summary>
public sealed class RowPlan
{
    private static readonly ConcurrentDictionary<(IModel, Type), RowPlan> Plans = new();

    private readonly Func<object, object?>[] read;

    private RowPlan(IEntityType type)
    {
        Table = type.GetTableName()!;
        var store = StoreObjectIdentifier.Table(Table, type.GetSchema());
        var columns = Flatten(type, entity => entity).Where(column => column.Property.ValueGenerated == ValueGenerated.Never).ToArray();
        Columns = [.. columns.Select(column => column.Property.GetColumnName(store)!)];
        Mappings = [.. columns.Select(column => column.Property.GetRelationalTypeMapping())];
        Nullable = [.. columns.Select(column => column.Property.IsNullable)];
        read = [.. columns.Select(column => Reader(column.Property, column.Owner))];
    }

    /// <summary>Table name.</summary>
    public string Table { get; }

    /// <summary>Column names in insert order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Type mappings in insert order.</summary>
    public IReadOnlyList<RelationalTypeMapping> Mappings { get; }

    /// <summary>Whether each column takes null.</summary>
    public IReadOnlyList<bool> Nullable { get; }

    /// <summary>The plan of a mapped type.</summary>
    public static RowPlan For<TEntity>(DbContext db) =>
        Plans.GetOrAdd((db.Model, typeof(TEntity)), key => new RowPlan(key.Item1.FindEntityType(key.Item2)
            ?? throw new InvalidOperationException($"{key.Item2.Name} is not mapped.")));

    /// <summary>The column's value as the provider stores it; <see cref="DBNull"/> for none.</summary>
    public object ValueOf(object row, int column) => read[column](row) ?? DBNull.Value;

    /// <summary>The insert statement with parameters <c>@p0…</c>.</summary>
    public string InsertSql(ISqlGenerationHelper sql) =>
        $"INSERT INTO {sql.DelimitIdentifier(Table)} ({string.Join(", ", Columns.Select(sql.DelimitIdentifier))}) "
        + $"VALUES ({string.Join(", ", Columns.Select((_, i) => $"@p{i}"))})";

    /// <summary>Creates a command with one parameter a column.</summary>
    public DbCommand CreateCommand(DbConnection connection, ISqlGenerationHelper sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = InsertSql(sql);
        for (var i = 0; i < Columns.Count; i++)
            command.Parameters.Add(Mappings[i].CreateParameter(command, $"@p{i}", null, nullable: true));
        return command;
    }

    private static IEnumerable<(IProperty Property, Func<object, object?> Owner)> Flatten(ITypeBase type, Func<object, object?> owner)
    {
        foreach (var property in type.GetProperties()) yield return (property, owner);
        foreach (var complex in type.GetComplexProperties())
        {
            var getter = complex.GetGetter();
            foreach (var inner in Flatten(complex.ComplexType, entity => owner(entity) is { } o ? getter.GetClrValue(o) : null))
                yield return inner;
        }
    }

    private static Func<object, object?> Reader(IProperty property, Func<object, object?> owner)
    {
        var getter = property.GetGetter();
        var converter = property.GetTypeMapping().Converter;
        if (converter is null && property.ClrType is { IsEnum: true } type)
        {
            var number = Enum.GetUnderlyingType(type);
            return entity => owner(entity) is { } o ? Convert.ChangeType(getter.GetClrValue(o)!, number, null) : null;
        }
        if (converter is null) return entity => owner(entity) is { } o ? getter.GetClrValue(o) : null;
        var convert = converter.ConvertToProvider;
        return entity => owner(entity) is { } o && getter.GetClrValue(o) is { } value ? convert(value) : null;
    }
}
