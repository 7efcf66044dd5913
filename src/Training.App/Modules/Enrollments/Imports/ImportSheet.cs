using Training.App.Platform.Files;
using Training.App.Platform.Spreadsheets;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>A stored list, opened behind its headings: separated text, or a sheet of a workbook.</summary>
internal sealed class ImportSheet : IDisposable
{
    /// <summary>Most rows of one list.</summary>
    public const int RowsMax = 500_000;

    private const int AboveMax = 20;

    private readonly Stream file;
    private readonly IDisposable source;

    private ImportSheet(Stream file, IDisposable source, TableRows rows, (HeaderMap Columns, IReadOnlyList<string[]> Above) head)
    {
        (this.file, this.source) = (file, source);
        (Rows, Columns, Above) = (rows, head.Columns, head.Above);
        HeaderRow = rows.Row;
    }

    /// <summary>The rows; the present one is the heading, or none was read yet where the list has no heading.</summary>
    public TableRows Rows { get; }

    /// <summary>The columns.</summary>
    public HeaderMap Columns { get; }

    /// <summary>The row of the headings; 0 when the list has none.</summary>
    public int HeaderRow { get; }

    /// <summary>The rows above the headings, as far as they were looked at; blank ones are left out.</summary>
    public IReadOnlyList<string[]> Above { get; }

    /// <summary>The row that looks most like headings, whatever a person chose.</summary>
    public int FoundHeaderRow { get; private init; }

    /// <summary>Between the cells of a text; a semicolon for a workbook.</summary>
    public char Delimiter { get; private init; } = ';';

    /// <summary>True for a workbook, false for a text.</summary>
    public bool IsWorkbook => Sheet is not null;

    /// <summary>The sheet that is read; null for a text.</summary>
    public string? Sheet { get; private init; }

    /// <summary>All sheets that a person may choose; empty for a text.</summary>
    public IReadOnlyList<string> Sheets { get; private init; } = [];

    /// <summary>True when several sheets would do, so that a person must say which.</summary>
    public bool IsSheetUnclear { get; private init; }

    /// <summary>How much of the file has been taken in, 0 to 1.</summary>
    public double Share => file.Length == 0 ? 1 : Math.Min(1, (double)file.Position / file.Length);

    /// <summary>Opens a list and finds its encoding, delimiter, sheet and headings.</summary>
    /// <param name="files">The store.</param>
    /// <param name="hash">The list.</param>
    /// <param name="choice">What a person said of it; null when nobody was asked.</param>
    /// <exception cref="FileNotFoundException">The store lost the file: the machine is broken, not the list.</exception>
    /// <exception cref="WorkbookException">It is a workbook that cannot be read.</exception>
    public static ImportSheet Open(IFileStore files, string hash, SheetChoice? choice)
    {
        var file = files.OpenRead(hash) ?? throw new FileNotFoundException("A stored list is missing.", hash);
        try
        {
            Span<byte> first = stackalloc byte[4];
            var isWorkbook = file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false) == first.Length && FileKind.IsZip(first);
            file.Position = 0;
            return isWorkbook ? OpenWorkbook(file, choice) : OpenText(file, choice);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Rows.Dispose();
        source.Dispose();
        file.Dispose();
    }

    private static ImportSheet OpenText(Stream file, SheetChoice? choice)
    {
        var text = new TextList(file);
        var rows = text.Rows();
        return new ImportSheet(file, text, rows, Headings(rows, choice, text.HeaderRow)) { Delimiter = text.Delimiter, FoundHeaderRow = text.HeaderRow };
    }

    private static ImportSheet OpenWorkbook(Stream file, SheetChoice? choice)
    {
        var workbook = new Workbook(file);
        try
        {
            var (sheet, headerRow, unclear) = SheetSearch.In(workbook, choice?.Sheet);
            var rows = workbook.Rows(sheet);
            return new ImportSheet(file, workbook, rows, Headings(rows, choice, headerRow))
            {
                Sheet = sheet.Name,
                FoundHeaderRow = headerRow,
                Sheets = [.. workbook.Sheets.Where(other => !other.IsHidden || other == sheet).Select(other => other.Name)],
                IsSheetUnclear = unclear,
            };
        }
        catch
        {
            workbook.Dispose();
            throw;
        }
    }

    /// <summary>Goes to the headings; where the list has none its columns are named by their letters.</summary>
    private static (HeaderMap Columns, IReadOnlyList<string[]> Above) Headings(TableRows rows, SheetChoice? choice, int found)
    {
        if (choice is { HeaderRow: 0 }) return (HeaderMap.Of([.. choice.Columns.Select((_, column) => HeaderMap.LetterOf(column))], choice), []);
        var row = choice?.HeaderRow ?? found;
        var above = new List<string[]>();
        while (rows.Row < row && rows.Read())
        {
            if (rows.Row < row && !rows.IsBlank && above.Count < AboveMax) above.Add([.. HeaderMap.From(rows).Headings]);
        }
        return (HeaderMap.Of(HeaderMap.From(rows).Headings, choice), above);
    }
}
