using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Training.Data.Moving;

/// <summary>One column of a table that moves.</summary>
/// <param name="Name">Its name, the same on both sides.</param>
/// <param name="Type">What both databases keep in it, after the mapping's conversions.</param>
/// <param name="LengthMax">Most characters (UTF-16) or bytes that the target takes; null for any number.</param>
public sealed record MovedColumn(string Name, Type Type, int? LengthMax);

/// <summary>One table that moves.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">All its columns.</param>
/// <param name="Key">The columns of its key, in which order it is read.</param>
/// <param name="GivesKeys">True when the database itself gives the keys of new rows.</param>
public sealed record MovedTable(string Name, IReadOnlyList<MovedColumn> Columns, IReadOnlyList<string> Key, bool GivesKeys);

/// <summary>
/// What moves from one database to another: every table of the model, read from the model itself, so that no list can grow old; those
/// that others point to come first.
/// </summary>
public sealed class MovePlan
{
    private MovePlan(IReadOnlyList<MovedTable> tables) => Tables = tables;

    /// <summary>The tables, in the order of their foreign keys.</summary>
    public IReadOnlyList<MovedTable> Tables { get; }

    /// <summary>The plan for two contexts of different providers.</summary>
    /// <exception cref="MoveException">Their models differ.</exception>
    public static MovePlan Of(TrainingDbContext source, TrainingDbContext target)
    {
        var there = target.Model.GetRelationalModel().Tables.ToDictionary(table => table.Name);
        return new MovePlan(
        [
            .. InOrder(source.Model.GetRelationalModel().Tables)
                .Select(table => there.GetValueOrDefault(table.Name) is { } twin ? Plan(table, twin) : throw new MoveException($"The target has no table {table.Name}.")),
        ]);
    }

    private static MovedTable Plan(ITable table, ITable twin)
    {
        var columns = table.Columns.Select(column => (
            Here: column, There: twin.FindColumn(column.Name) ?? throw new MoveException($"The target has no column {table.Name}.{column.Name}."))).ToArray();
        if (Array.Find(columns, pair => TypeOf(pair.Here) != TypeOf(pair.There)) is { Here: { } other })
            throw new MoveException($"{table.Name}.{other.Name} is kept differently in the two databases.");
        if (table.Columns.Count() != twin.Columns.Count()) throw new MoveException($"The target's {table.Name} has columns of its own.");
        var key = table.PrimaryKey?.Columns ?? throw new MoveException($"{table.Name} has no key.");
        return new MovedTable(
            table.Name,
            [.. columns.Select(pair => new MovedColumn(pair.Here.Name, TypeOf(pair.Here), LengthOf(pair.There)))],
            [.. key.Select(column => column.Name)],
            key is [var only] && only.PropertyMappings.Any(mapping => mapping.Property.ValueGenerated == ValueGenerated.OnAdd)
                && (TypeOf(only) == typeof(int) || TypeOf(only) == typeof(long)));
    }

    /// <summary>Tables that point at each other in a circle come last, by name: the ties are looked at when all rows are there.</summary>
    private static List<ITable> InOrder(IEnumerable<ITable> all)
    {
        var left = all.OrderBy(table => table.Name, StringComparer.Ordinal).ToList();
        var ordered = new List<ITable>(left.Count);
        while (left.Count > 0)
        {
            var free = left.Where(table => table.ForeignKeyConstraints.All(tie => tie.PrincipalTable == table || !left.Contains(tie.PrincipalTable))).ToArray();
            if (free.Length == 0) free = [.. left];
            ordered.AddRange(free);
            left.RemoveAll(table => free.Contains(table));
        }
        return ordered;
    }

    private static Type TypeOf(IColumn column)
    {
        var type = Nullable.GetUnderlyingType(column.ProviderClrType) ?? column.ProviderClrType;
        if (type == typeof(JsonTypePlaceholder)) return typeof(string); // A document in a column.
        return type.IsEnum ? Enum.GetUnderlyingType(type) : type;
    }

    private static int? LengthOf(IColumn column) =>
        (TypeOf(column) == typeof(string) || TypeOf(column) == typeof(byte[])) && column.StoreTypeMapping.Size is > 0 and var size ? size : null;
}

/// <summary>The move cannot be made or was not completed; the message is for the operator and holds no row's contents.</summary>
/// <param name="message">One sentence or two.</param>
/// <param name="cause">What the database said, if it did.</param>
public sealed class MoveException(string message, Exception? cause = null) : Exception(message, cause);
