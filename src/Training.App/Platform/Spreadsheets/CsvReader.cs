namespace Training.App.Platform.Spreadsheets;

/// <summary>What is wrong with a row as text, before anybody asks what it means.</summary>
internal enum CsvFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A cell is longer than <see cref="CsvReader.CellMax"/>.</summary>
    CellTooLong,

    /// <summary>A quotation mark opens a cell and none closes it.</summary>
    UnclosedQuote,
}

/// <summary>
/// Reads separated text row by row. It never gives up on a file: a faulty row is reported and the next one begins at the next
/// line. Rows are counted as a spreadsheet shows them: a quoted cell may run over lines, and an empty line is a row.
/// </summary>
internal sealed class CsvReader(TextReader text, char delimiter) : IDisposable
{
    /// <summary>Longest cell, in UTF-16 units.</summary>
    public const int CellMax = 2000;

    /// <summary>Most cells of a row that are kept; those beyond are counted only.</summary>
    public const int CellsMax = 256;

    /// <summary>How far a closing quotation mark is looked for, in UTF-16 units.</summary>
    private const int QuoteReach = 64 * 1024;

    private readonly List<(int Start, int Length)> cells = [];
    private readonly List<char> quoted = [];
    private char[] block = new char[32 * 1024];
    private int at;
    private int end;
    private char[] row = new char[1024];
    private int rowLength;
    private int cellStart;
    private int cellLength;

    /// <summary>The row as the user sees it in the file, from 1.</summary>
    public int Row { get; private set; }

    /// <summary>What is wrong with the present row's text.</summary>
    public CsvFault Fault { get; private set; }

    /// <summary>Number of cells in the present row, also those beyond <see cref="CellsMax"/>.</summary>
    public int CellCount { get; private set; }

    /// <summary>True when no cell of the present row has anything in it.</summary>
    public bool IsBlank { get; private set; }

    /// <summary>The cell's text, trimmed of blanks; empty when the row has no such cell.</summary>
    public ReadOnlySpan<char> Cell(int index)
    {
        if (index < 0 || index >= cells.Count) return default;
        var (start, length) = cells[index];
        var value = row.AsSpan(start, length).Trim();
        // The mark that keeps a spreadsheet from calculating; the returned files of this system have it too.
        return value is ['\'', '=' or '+' or '-' or '@', ..] ? value[1..] : value;
    }

    /// <summary>Goes to the next row; false at the end.</summary>
    public bool Read()
    {
        cells.Clear();
        rowLength = 0;
        (Fault, CellCount, IsBlank) = (CsvFault.None, 0, true);
        if (!HasMore()) return false;
        Row++;
        do
        {
            (cellStart, cellLength) = (rowLength, 0);
            SkipSpaces();
            if (HasMore() && block[at] == '"') ReadQuoted();
            else Take(keep: true);
            EndCell();
        }
        while (Fault != CsvFault.UnclosedQuote && NextCell());
        return true;
    }

    /// <summary>Finds which delimiter a header line uses: the one it has most of, outside quotation marks.</summary>
    public static char DelimiterOf(ReadOnlySpan<char> line)
    {
        int semicolons = 0, commas = 0, tabs = 0;
        var inside = false;
        foreach (var c in line)
        {
            if (c == '"') inside = !inside;
            else if (inside) continue;
            else if (c is '\r' or '\n') break;
            else if (c == ';') semicolons++;
            else if (c == ',') commas++;
            else if (c == '\t') tabs++;
        }
        return tabs > Math.Max(semicolons, commas) ? '\t' : commas > semicolons ? ',' : ';';
    }

    public void Dispose() => text.Dispose();

    private void SkipSpaces()
    {
        while (HasMore() && block[at] == ' ') at++;
    }

    /// <summary>Takes what comes before the next delimiter or line end.</summary>
    private void Take(bool keep)
    {
        while (HasMore())
        {
            var rest = block.AsSpan(at, end - at);
            var stop = rest.IndexOfAny(delimiter, '\r', '\n');
            var part = stop < 0 ? rest : rest[..stop];
            if (keep) Append(part);
            at += part.Length;
            if (stop >= 0) return;
        }
    }

    private void ReadQuoted()
    {
        at++;
        quoted.Clear();
        while (HasMore() && quoted.Count <= QuoteReach)
        {
            var rest = block.AsSpan(at, Math.Min(end - at, QuoteReach));
            var stop = rest.IndexOf('"');
            var part = stop < 0 ? rest : rest[..stop];
            Append(part);
            quoted.AddRange(part);
            at += part.Length;
            if (stop < 0) continue;
            at++;
            if (!HasMore() || block[at] != '"')
            {
                // What stands between the closing mark and the delimiter means nothing.
                Take(keep: false);
                return;
            }
            at++;
            Append("\"");
            quoted.AddRange("\"\"");
        }
        GoOnAfterOpenQuote();
    }

    /// <summary>The row is lost, not the file: reading goes on at the line after the one where the mark stands.</summary>
    private void GoOnAfterOpenQuote()
    {
        Fault = CsvFault.UnclosedQuote;
        var line = quoted.FindIndex(c => c is '\r' or '\n');
        if (line < 0) return;
        if (quoted[line] == '\r' && line + 1 < quoted.Count && quoted[line + 1] == '\n') line++;
        block = [.. quoted[(line + 1)..], .. block.AsSpan(at, end - at)];
        (at, end) = (0, block.Length);
    }

    private void Append(ReadOnlySpan<char> part)
    {
        cellLength += part.Length;
        if (cells.Count >= CellsMax) return;
        if (cellLength > CellMax)
        {
            Fault = Fault == CsvFault.None ? CsvFault.CellTooLong : Fault;
            part = part[..Math.Max(0, part.Length - (cellLength - CellMax))];
        }
        if (rowLength + part.Length > row.Length) Array.Resize(ref row, Math.Max(row.Length * 2, rowLength + part.Length));
        part.CopyTo(row.AsSpan(rowLength));
        rowLength += part.Length;
    }

    private void EndCell()
    {
        CellCount++;
        if (IsBlank && cellLength > 0 && !row.AsSpan(cellStart, rowLength - cellStart).IsWhiteSpace()) IsBlank = false;
        if (Fault == CsvFault.UnclosedQuote) IsBlank = false;
        if (cells.Count < CellsMax) cells.Add((cellStart, rowLength - cellStart));
    }

    /// <summary>Goes over the delimiter or the line end; true when another cell of the row follows.</summary>
    private bool NextCell()
    {
        if (!HasMore()) return false;
        var c = block[at++];
        if (c == delimiter) return true;
        if (c == '\r' && HasMore() && block[at] == '\n') at++;
        return false;
    }

    private bool HasMore()
    {
        if (at < end) return true;
        at = 0;
        end = text.Read(block, 0, block.Length);
        return end > 0;
    }
}
