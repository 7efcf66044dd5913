using System.Data.Common;

namespace Training.Data.Writing;

/// <summary>
/// Plain SQL for the hot paths: portable text, double-quoted names, parameters <c>@p0…</c>. The scope filters do not see it, so
/// every such statement takes a resolved scope or a key that was resolved by one.
/// </summary>
public interface IStatements
{
    /// <summary>The statement with its values set, ready to run; valid until the next call with the same text.</summary>
    DbCommand Get(string sql, params ReadOnlySpan<object?> values);

    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it changed.</returns>
    int Execute(string sql, params ReadOnlySpan<object?> values);

    /// <summary>Runs a query; its rows are read to the end or given up before the same text runs again.</summary>
    StatementRows Query(string sql, params ReadOnlySpan<object?> values);
}

/// <summary>The rows of a <see cref="IStatements.Query"/>, forward only, columns by position from 0.</summary>
public abstract class StatementRows : IDisposable
{
    /// <summary>Goes to the next row; false at the end.</summary>
    public abstract bool Next();

    /// <summary>True when the column holds no value.</summary>
    public abstract bool IsNull(int column);

    /// <summary>A whole number.</summary>
    public abstract int Number(int column);

    /// <summary>A text; null when the column holds none.</summary>
    public abstract string? Text(int column);

    /// <summary>A day, of an instant its day in UTC.</summary>
    public abstract DateOnly Date(int column);

    /// <summary>Bytes; valid until the next row, empty when the column holds none.</summary>
    public abstract ReadOnlySpan<byte> Bytes(int column);

    /// <inheritdoc/>
    public abstract void Dispose();
}
