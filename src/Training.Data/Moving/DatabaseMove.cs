namespace Training.Data.Moving;

/// <summary>The database that is left: nobody else has it while it is read.</summary>
public interface IMoveSource
{
    /// <summary>Reads it.</summary>
    RowReader Rows { get; }

    /// <summary>The highest key that the database ever gave in a table, that of a deleted row too; 0 when none.</summary>
    Task<long> HighestKeyAsync(MovedTable table, CancellationToken cancellationToken);
}

/// <summary>The database that is moved into: its schema is there, its tables are empty.</summary>
public interface IMoveTarget
{
    /// <summary>Reads it.</summary>
    RowReader Rows { get; }

    /// <summary>Writes rows as they are, generated keys too, without looking at what they point to.</summary>
    Task WriteAsync(MovedTable table, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken);

    /// <summary>Makes the database give keys above this one.</summary>
    Task RaiseKeyAsync(MovedTable table, long highest, CancellationToken cancellationToken);

    /// <summary>Makes the database itself look whether every row points at one that is there, and trust it from then on.</summary>
    /// <exception cref="MoveException">One does not.</exception>
    Task CheckTiesAsync(MovedTable table, CancellationToken cancellationToken);
}

/// <summary>One table when it has moved.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Source">As it was read.</param>
/// <param name="Target">As it was read back.</param>
public sealed record MoveResult(string Table, RowSum Source, RowSum Target)
{
    /// <summary>True when it is there as it was.</summary>
    public bool IsEqual => (Source.Rows, Source.Sum) == (Target.Rows, Target.Sum);
}

/// <summary>Moves everything from one database to an empty one and compares.</summary>
public static class DatabaseMove
{
    /// <summary>Rows that are written together: each such batch is one transaction of the target.</summary>
    public const int BatchRows = 5_000;

    /// <summary>Bytes of a batch beyond which no further row joins it.</summary>
    private const long BatchBytes = 16 * 1024 * 1024;

    /// <summary>Moves. The target is of no use before this has ended and every table is equal.</summary>
    /// <param name="plan">What moves.</param>
    /// <param name="source">From there.</param>
    /// <param name="target">To there.</param>
    /// <param name="cancellationToken">Gives up; the target must then be made anew.</param>
    /// <returns>Each table, in the order of the plan.</returns>
    /// <exception cref="MoveException">The target is not empty, or takes a row not.</exception>
    public static async Task<IReadOnlyList<MoveResult>> RunAsync(MovePlan plan, IMoveSource source, IMoveTarget target, CancellationToken cancellationToken)
    {
        var full = new List<string>();
        foreach (var table in plan.Tables)
        {
            if (await target.Rows.HasRowsAsync(table, cancellationToken)) full.Add(table.Name);
        }
        if (full.Count > 0)
        {
            throw new MoveException(
                $"The target is not empty ({string.Join(", ", full.Take(3))}{(full.Count > 3 ? $" and {full.Count - 3} more tables" : "")}); nothing was written. "
                + "Drop that database, or name another one, and start again: the move makes database and schema itself.");
        }

        var moved = new List<(MovedTable Table, RowSum Sum)>();
        foreach (var table in plan.Tables) moved.Add((table, await CopyAsync(table, source, target, cancellationToken)));
        foreach (var table in plan.Tables) await target.CheckTiesAsync(table, cancellationToken);
        var results = new List<MoveResult>();
        foreach (var (table, sum) in moved) results.Add(new MoveResult(table.Name, sum, await target.Rows.SumAsync(table, cancellationToken)));
        return results;
    }

    private static async Task<RowSum> CopyAsync(MovedTable table, IMoveSource source, IMoveTarget target, CancellationToken cancellationToken)
    {
        var sum = new RowSum();
        var batch = new List<object?[]>();
        var bytes = 0L;
        await foreach (var row in source.Rows.ReadAsync(table, cancellationToken))
        {
            bytes += Measure(table, row, sum.Rows + 1);
            sum.Add(row);
            batch.Add(row);
            if (batch.Count < BatchRows && bytes < BatchBytes) continue;
            await target.WriteAsync(table, batch, cancellationToken);
            batch.Clear();
            bytes = 0;
        }
        if (batch.Count > 0) await target.WriteAsync(table, batch, cancellationToken);
        if (table.GivesKeys && await source.HighestKeyAsync(table, cancellationToken) is > 0 and var highest) await target.RaiseKeyAsync(table, highest, cancellationToken);
        return sum;
    }

    /// <summary>SQLite keeps any length; what the target would refuse or cut is said by its place, not by its contents.</summary>
    private static long Measure(MovedTable table, object?[] row, long number)
    {
        var bytes = 0L;
        for (var i = 0; i < row.Length; i++)
        {
            var length = row[i] switch { string text => text.Length, byte[] blob => blob.Length, _ => 0 };
            if (length > table.Columns[i].LengthMax)
                throw new MoveException($"Row {number} of {table.Name} has {length} characters or bytes in {table.Columns[i].Name}, of which the target takes {table.Columns[i].LengthMax}.");
            bytes += length;
        }
        return bytes;
    }
}
