namespace Training.App.Platform.Spreadsheets;

/// <summary>What is wrong with a row, before anybody asks what it means.</summary>
internal enum TableFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A cell is longer than <see cref="TableRows.CellMax"/>.</summary>
    CellTooLong,

    /// <summary>A quotation mark opens a cell and none closes it.</summary>
    UnclosedQuote,
}

/// <summary>The rows of a list, forward only, each cell as text; counted as a spreadsheet shows them.</summary>
internal abstract class TableRows : IDisposable
{
    /// <summary>Longest cell, in UTF-16 units.</summary>
    public const int CellMax = 2000;

    /// <summary>Most cells of a row that are kept; those beyond are counted only.</summary>
    public const int CellsMax = 256;

    private readonly List<(int Start, int Length, bool IsNumber)> cells = [];
    private char[] text = new char[1024];
    private int textLength;
    private int cellStart;
    private int cellLength;
    private bool cellIsNumber;

    /// <summary>The row as the user sees it in the file, from 1.</summary>
    public int Row { get; protected set; }

    /// <summary>What is wrong with the present row's text.</summary>
    public TableFault Fault { get; protected set; }

    /// <summary>Number of cells in the present row, also those beyond <see cref="CellsMax"/>.</summary>
    public int CellCount { get; private set; }

    /// <summary>True when no cell of the present row has anything in it.</summary>
    public bool IsBlank { get; protected set; } = true;

    /// <summary>The cell's text, trimmed of blanks; empty when the row has no such cell.</summary>
    public ReadOnlySpan<char> Cell(int index)
    {
        if (index < 0 || index >= cells.Count) return default;
        var (start, length, _) = cells[index];
        var value = text.AsSpan(start, length).Trim();
        // The mark that keeps a spreadsheet from calculating; the returned files of this system have it too.
        return value is ['\'', '=' or '+' or '-' or '@', ..] ? value[1..] : value;
    }

    /// <summary>True when the list holds the cell as a number; never so in a text.</summary>
    public bool IsNumber(int index) => index >= 0 && index < cells.Count && cells[index].IsNumber;

    /// <summary>
    /// The day that a number of five digits without a date's format counts to, from the day its workbook counts from (1900 or 1904); null
    /// when the cell is none.
    /// </summary>
    public virtual DateOnly? BareDay(int index) => null;

    /// <summary>Goes to the next row; false at the end.</summary>
    public abstract bool Read();

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Begins a row without cells.</summary>
    protected void BeginRow()
    {
        cells.Clear();
        textLength = 0;
        (Fault, CellCount, IsBlank) = (TableFault.None, 0, true);
    }

    /// <summary>Begins the next cell.</summary>
    protected void BeginCell() => (cellStart, cellLength, cellIsNumber) = (textLength, 0, false);

    /// <summary>Says that the present cell is a number.</summary>
    protected void SayNumber() => cellIsNumber = true;

    /// <summary>Adds to the present cell; what is too long is cut and said.</summary>
    protected void Append(ReadOnlySpan<char> part)
    {
        cellLength += part.Length;
        if (cells.Count >= CellsMax) return;
        if (cellLength > CellMax)
        {
            Fault = Fault == TableFault.None ? TableFault.CellTooLong : Fault;
            part = part[..Math.Max(0, part.Length - (cellLength - CellMax))];
        }
        if (textLength + part.Length > text.Length) Array.Resize(ref text, Math.Max(text.Length * 2, textLength + part.Length));
        part.CopyTo(text.AsSpan(textLength));
        textLength += part.Length;
    }

    /// <summary>Ends the present cell.</summary>
    protected void EndCell()
    {
        CellCount++;
        if (IsBlank && cellLength > 0 && !text.AsSpan(cellStart, textLength - cellStart).IsWhiteSpace()) IsBlank = false;
        if (cells.Count < CellsMax) cells.Add((cellStart, textLength - cellStart, cellIsNumber));
    }
}
