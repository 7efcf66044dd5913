using System.Collections.Concurrent;
using System.Data.Common;
using System.Linq.Expressions;
using System.Reflection;
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
        var columns = Flatten(type, entity => entity, []).Where(column => column.Property.ValueGenerated == ValueGenerated.Never).ToArray();
        Columns = [.. columns.Select(column => column.Property.GetColumnName(store)!)];
        Mappings = [.. columns.Select(column => column.Property.GetRelationalTypeMapping())];
        Nullable = [.. columns.Select(column => column.Property.IsNullable)];
        read = [.. columns.Select(column => Reader(column.Property, column.Owner))];
        var row = Expression.Parameter(type.ClrType, "row");
        Row = row;
        Values = [.. columns.Select(column => StoredValue(column.Property, column.Path.Aggregate((Expression)row, Expression.MakeMemberAccess)))];
    }

    /// <summary>The entity, in <see cref="Values"/>.</summary>
    public ParameterExpression Row { get; }

    /// <summary>Each column's value of <see cref="Row"/> as the provider stores it, in its own type; for writers that compile them.</summary>
    public IReadOnlyList<Expression> Values { get; }

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

    private static IEnumerable<(IProperty Property, Func<object, object?> Owner, MemberInfo[] Path)> Flatten(
        ITypeBase type, Func<object, object?> owner, MemberInfo[] path)
    {
        foreach (var property in type.GetProperties()) yield return (property, owner, path);
        foreach (var complex in type.GetComplexProperties())
        {
            var getter = complex.GetGetter();
            foreach (var inner in Flatten(complex.ComplexType, entity => owner(entity) is { } o ? getter.GetClrValue(o) : null, [.. path, complex.PropertyInfo!]))
                yield return inner;
        }
    }

    /// <summary>The property, converted as the mapping says; null stays null.</summary>
    private static Expression StoredValue(IProperty property, Expression owner)
    {
        var value = Expression.MakeMemberAccess(owner, (MemberInfo?)property.PropertyInfo ?? property.FieldInfo!);
        var plain = System.Nullable.GetUnderlyingType(value.Type) ?? value.Type;
        var convert = property.GetTypeMapping().Converter?.ConvertToProviderExpression;
        if (convert is null && !plain.IsEnum) return value;
        Expression Stored(Expression known)
        {
            if (convert is null) return Expression.Convert(known, Enum.GetUnderlyingType(plain));
            return Expression.Invoke(convert, known.Type == convert.Parameters[0].Type ? known : Expression.Convert(known, convert.Parameters[0].Type));
        }
        if (plain == value.Type) return Stored(value);
        var stored = Stored(Expression.Property(value, nameof(Nullable<int>.Value)));
        var nullable = stored.Type.IsValueType ? typeof(Nullable<>).MakeGenericType(stored.Type) : stored.Type;
        return Expression.Condition(
            Expression.Property(value, nameof(Nullable<int>.HasValue)), Expression.Convert(stored, nullable), Expression.Default(nullable));
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
