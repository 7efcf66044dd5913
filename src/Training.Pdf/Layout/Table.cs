using Training.Pdf.Text;

namespace Training.Pdf.Layout;

/// <summary>
/// A table: its header is drawn again on each page it goes on to, a row stays whole unless it is taller than a page. Columns run from
/// the side where reading begins.
/// </summary>
public sealed class Table
{
    /// <summary>A table with these columns.</summary>
    public Table(params IReadOnlyList<TableColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0 || columns.Any(column => !(column.Weight > 0)))
            throw new ArgumentException("A table needs columns, each with a weight above zero.", nameof(columns));
        Columns = columns;
    }

    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>How the cells look.</summary>
    public TextLook Look { get; init; } = new(9.5) { Leading = 1.4 };

    /// <summary>Smallest height of a row in points, for rows that are written into by hand.</summary>
    public double RowHeight { get; init; }

    /// <summary>True when no row may be taller than <see cref="RowHeight"/>: text that needs more is set smaller, on one line.</summary>
    public bool KeepsRowHeight { get; init; }

    /// <summary>Side of a box to tick, in points.</summary>
    public double TickSide { get; init; } = 9;

    internal List<IReadOnlyList<TableCell>> Rows { get; } = [];

    /// <summary>Adds a row with a cell for each column; spanning cells count for their columns.</summary>
    public Table Row(params IReadOnlyList<TableCell> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (cells.Sum(cell => cell.Span) != Columns.Count)
            throw new ArgumentException($"The row's cells do not fill {Columns.Count} columns.", nameof(cells));
        Rows.Add(cells);
        return this;
    }
}

/// <summary>A column and its header cell.</summary>
/// <param name="Header">Text of the header cell.</param>
/// <param name="Weight">Its share of the width, relative to the other columns.</param>
/// <param name="Align">Where its cells stand.</param>
public sealed record TableColumn(Phrase Header, double Weight = 1, TextAlign Align = TextAlign.Start);

/// <summary>A cell. A string or phrase becomes an ordinary one.</summary>
public sealed record TableCell
{
    public Phrase Text { get; init; }

    /// <summary>Speaks for its row, such as the name in front.</summary>
    public bool IsHeader { get; init; }

    public bool Bold { get; init; }

    /// <summary>Columns it spans.</summary>
    public int Span { get; init; } = 1;

    /// <summary>When set, the cell is an empty box to tick by hand, and this is what a screen reader says.</summary>
    public string? TickBox { get; init; }

    /// <summary>An empty box to tick by hand.</summary>
    public static TableCell Tick(string alternative) => new() { TickBox = alternative };

    /// <summary>The header of a row.</summary>
    public static TableCell Header(Phrase text) => new() { Text = text, IsHeader = true };

    public static implicit operator TableCell(string? text) => new() { Text = text };

    public static implicit operator TableCell(Phrase text) => new() { Text = text };

    public static TableCell FromPhrase(Phrase text) => text;

    public static TableCell FromString(string? text) => text;
}
