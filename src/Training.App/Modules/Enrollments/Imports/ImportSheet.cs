using Training.App.Platform.Files;
using Training.App.Platform.Spreadsheets;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>A stored list, opened behind its headings.</summary>
internal sealed class ImportSheet : IDisposable
{
    /// <summary>Most rows of one list.</summary>
    public const int RowsMax = 500_000;

    private const int HeaderSearchRows = 10;
    private const int HeaderSearchChars = 64 * 1024;

    private readonly Stream file;
    private readonly StreamReader text;

    private ImportSheet(Stream file, StreamReader text, CsvReader rows, HeaderMap columns, char delimiter)
    {
        (this.file, this.text) = (file, text);
        (Rows, Columns, Delimiter) = (rows, columns, delimiter);
    }

    /// <summary>The rows; the present one is the heading.</summary>
    public CsvReader Rows { get; }

    /// <summary>The columns.</summary>
    public HeaderMap Columns { get; }

    /// <summary>Between the cells.</summary>
    public char Delimiter { get; }

    /// <summary>How much of the file has been taken in, 0 to 1.</summary>
    public double Share => file.Length == 0 ? 1 : (double)file.Position / file.Length;

    /// <summary>Opens a list and finds its encoding, delimiter and headings.</summary>
    /// <exception cref="FileNotFoundException">The store lost the file: the machine is broken, not the list.</exception>
    public static ImportSheet Open(IFileStore files, string hash)
    {
        var file = files.OpenRead(hash) ?? throw new FileNotFoundException("A stored list is missing.", hash);
        var text = new StreamReader(file, TextEncodings.Detect(file), detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024);
        var head = new char[HeaderSearchChars];
        var start = head.AsMemory(0, text.ReadBlock(head));
        var (delimiter, row) = FindHeader(start);
        var rows = new CsvReader(new Chained(start, text), delimiter);
        while (rows.Read() && rows.Row < row)
        {
        }
        return new ImportSheet(file, text, rows, HeaderMap.From(rows), delimiter);
    }

    public void Dispose()
    {
        Rows.Dispose();
        text.Dispose();
        file.Dispose();
    }

    /// <summary>
    /// The heading is the row with the most known columns among the first ones: many lists begin with a title. Excel's own line
    /// <c>sep=;</c> is such a row too.
    /// </summary>
    private static (char Delimiter, int Row) FindHeader(ReadOnlyMemory<char> start)
    {
        var best = (Delimiter: CsvReader.DelimiterOf(start.Span), Row: 1, Known: 0);
        foreach (var delimiter in (ReadOnlySpan<char>)[best.Delimiter, ';', ',', '\t'])
        {
            using var rows = new CsvReader(new StringReader(start.ToString()), delimiter);
            while (rows.Row < HeaderSearchRows && rows.Read())
            {
                var known = HeaderMap.From(rows).Known;
                if (known > best.Known) best = (delimiter, rows.Row, known);
            }
        }
        return (best.Delimiter, best.Row);
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
