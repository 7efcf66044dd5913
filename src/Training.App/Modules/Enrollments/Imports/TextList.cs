using Training.App.Platform.Spreadsheets;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>A list as separated text: its encoding, its delimiter and the row of its headings.</summary>
internal sealed class TextList : IDisposable
{
    private const int HeaderSearchChars = 64 * 1024;

    private readonly StreamReader text;
    private readonly ReadOnlyMemory<char> start;

    public TextList(Stream file)
    {
        text = new StreamReader(file, TextEncodings.Detect(file), detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024);
        var head = new char[HeaderSearchChars];
        start = head.AsMemory(0, text.ReadBlock(head));
        if (SaidDelimiter(start.Span) is { } said)
        {
            Delimiter = said.Delimiter;
            start = start[said.Length..];
            HeaderRow = Search(start, Delimiter).Row;
            return;
        }
        (Delimiter, HeaderRow) = FindHeader(start);
    }

    /// <summary>Between the cells.</summary>
    public char Delimiter { get; }

    /// <summary>The row of the headings, as the user sees it.</summary>
    public int HeaderRow { get; }

    /// <summary>The rows from the first one on; to be called once.</summary>
    public CsvReader Rows() => new(new Chained(start, text), Delimiter);

    public void Dispose() => text.Dispose();

    /// <summary>
    /// A first line <c>sep=;</c> tells Excel the delimiter. No spreadsheet shows it, so it is no row: the user counts from the next line.
    /// </summary>
    private static (char Delimiter, int Length)? SaidDelimiter(ReadOnlySpan<char> start)
    {
        const string said = "sep=";
        if (!start.StartsWith(said, StringComparison.OrdinalIgnoreCase) || start.Length <= said.Length + 1) return null;
        if (start[said.Length] is not (';' or ',' or '\t' or '|') || start[said.Length + 1] is not ('\r' or '\n')) return null;
        var end = said.Length + 2;
        return (start[said.Length], start[end - 1] == '\r' && end < start.Length && start[end] == '\n' ? end + 1 : end);
    }

    /// <summary>The delimiter is the one by which the most columns are known.</summary>
    private static (char Delimiter, int Row) FindHeader(ReadOnlyMemory<char> start)
    {
        var most = CsvReader.DelimiterOf(start.Span);
        var best = (Delimiter: most, Header: Search(start, most));
        foreach (var delimiter in (ReadOnlySpan<char>)[';', ',', '\t'])
        {
            var header = Search(start, delimiter);
            if (header.Known > best.Header.Known) best = (delimiter, header);
        }
        return (best.Delimiter, best.Header.Row);
    }

    private static HeaderSearch Search(ReadOnlyMemory<char> start, char delimiter)
    {
        using var rows = new CsvReader(new StringReader(start.ToString()), delimiter);
        return HeaderSearch.In(rows);
    }

    /// <summary>What was read ahead, then the rest.</summary>
    private sealed class Chained(ReadOnlyMemory<char> start, TextReader rest) : TextReader
    {
        private ReadOnlyMemory<char> start = start;

        public override int Read(char[] buffer, int index, int count)
        {
            if (start.IsEmpty) return rest.Read(buffer, index, count);
            var taken = Math.Min(count, start.Length);
            start.Span[..taken].CopyTo(buffer.AsSpan(index));
            start = start[taken..];
            return taken;
        }
    }
}
