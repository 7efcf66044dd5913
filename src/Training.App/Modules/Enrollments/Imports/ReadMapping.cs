using Training.App.Platform.Files;
using Training.App.Platform.Spreadsheets;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>Shows which column of a list is taken for what, with examples from its first rows.</summary>
internal sealed class ReadMapping(IFileStore files, KnownNames names)
{
    private const int SampleRows = 40;
    private const int ExamplesShown = 3;

    /// <param name="Sheet">The sheet that is read; null for a text.</param>
    /// <param name="Sheets">The sheets to choose from; empty for a text.</param>
    /// <param name="HeaderRow">The row of the headings as the user sees it; 0 when the list has none.</param>
    /// <param name="Columns">The columns in the order of the file.</param>
    /// <param name="Missing">Required columns that nothing is taken for.</param>
    internal sealed record Mapping(string? Sheet, IReadOnlyList<string> Sheets, int HeaderRow, IReadOnlyList<Column> Columns, IReadOnlyList<string> Missing);

    /// <param name="Letter">How a spreadsheet names the column.</param>
    /// <param name="Heading">The user's heading; empty when there is none.</param>
    /// <param name="Field">What it is taken for; null when it is not read.</param>
    /// <param name="Examples">Its first values.</param>
    internal sealed record Column(string Letter, string Heading, string? Field, IReadOnlyList<string> Examples);

    /// <summary>The mapping as it stands, with proposals where the headings say nothing; null when the list cannot be read at all.</summary>
    /// <param name="import">The import.</param>
    /// <param name="sheetName">A sheet to look at instead of the present one; null for that.</param>
    /// <param name="headerRow">A row to take as headings instead; null for the present one.</param>
    public Mapping? Read(Import import, string? sheetName = null, int? headerRow = null)
    {
        try
        {
            var choice = SheetChoice.Of(import.Choice);
            if (sheetName is not null || headerRow is not null) choice = Other(import, choice, sheetName, headerRow);
            using var sheet = ImportSheet.Open(files, import.FileHash, choice);
            return Show(sheet, choice is { Columns.Count: > 0 });
        }
        catch (WorkbookException)
        {
            return null;
        }
    }

    /// <summary>Another sheet or heading is looked at afresh: what was said of the present one does not hold there.</summary>
    private SheetChoice? Other(Import import, SheetChoice? choice, string? sheetName, int? headerRow)
    {
        if (headerRow is null) return new SheetChoice(sheetName, HeaderRowOf(import, sheetName), []);
        if (headerRow > 0) return new SheetChoice(sheetName ?? choice?.Sheet, headerRow.Value, []);
        using var sheet = ImportSheet.Open(files, import.FileHash, null);
        return new SheetChoice(sheetName ?? choice?.Sheet, 0, new ImportField?[Math.Max(1, sheet.Columns.Headings.Count)]);
    }

    private int HeaderRowOf(Import import, string? sheetName)
    {
        using var sheet = ImportSheet.Open(files, import.FileHash, new SheetChoice(sheetName, 1, []));
        return sheet.FoundHeaderRow;
    }

    private Mapping Show(ImportSheet sheet, bool isChosen)
    {
        var columns = sheet.Columns.Headings.Count;
        var samples = Samples(sheet, columns);
        var fields = Enumerable.Range(0, columns).Select(column => isChosen ? sheet.Columns.FieldOf(column) : sheet.Columns.FieldOf(column) ?? ImportColumns.Find(sheet.Columns.Headings[column])).ToArray();
        if (!isChosen || fields.All(field => field is null)) fields = ColumnGuess.Propose(Distinct(fields), samples, names);
        var mapped = HeaderMap.Of(sheet.Columns.Headings, new SheetChoice(null, sheet.HeaderRow, fields));
        return new Mapping(
            sheet.Sheet, sheet.Sheets, sheet.HeaderRow,
            [.. Enumerable.Range(0, columns).Select(column => new Column(
                HeaderMap.LetterOf(column), sheet.HeaderRow == 0 ? "" : sheet.Columns.Headings[column],
                fields[column] is { } field ? ImportColumns.NameOf(field) : null, [.. samples[column].Take(ExamplesShown).Select(Shown)]))],
            [.. mapped.Missing().Select(ImportColumns.NameOf)]);
    }

    /// <summary>A number of an identity card is never shown: no column is taken for it, and nobody is to get used to sending it.</summary>
    private static string Shown(string example) => PersonText.LooksLikeNationalId(example) ? "•••" : example;

    /// <summary>Of two columns with one meaning the first is meant, as when the list is read.</summary>
    private static ImportField?[] Distinct(ImportField?[] fields) =>
        [.. fields.Select((field, column) => field is not null && Array.IndexOf(fields, field) == column ? field : null)];

    private static List<string>[] Samples(ImportSheet sheet, int columns)
    {
        var samples = Enumerable.Range(0, columns).Select(_ => new List<string>()).ToArray();
        for (var row = 0; row < SampleRows && sheet.Rows.Read(); row++)
        {
            for (var column = 0; column < columns; column++)
                if (sheet.Rows.Cell(column) is { IsEmpty: false } cell) samples[column].Add(cell.ToString());
        }
        return samples;
    }
}
