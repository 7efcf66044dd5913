using System.Globalization;
using Training.App.Platform.Localization;
using Training.App.Platform.Spreadsheets;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>What the user wrote into a cell.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsNumber">True when the workbook holds a number.</param>
internal readonly record struct RefusedCell(string Text, bool IsNumber);

/// <summary>A refused row as it goes back.</summary>
/// <param name="Cells">What the user wrote.</param>
/// <param name="Faults">What is wrong with each cell, by its place.</param>
/// <param name="Reason">All that is wrong with the row.</param>
internal sealed record RefusedRow(IReadOnlyList<RefusedCell> Cells, IReadOnlyDictionary<int, string> Faults, string Reason);

/// <summary>The refused rows of a list in the user's own layout; a column of reasons that it brought along is left out.</summary>
/// <param name="sheet">The list.</param>
/// <param name="staging">What was found of its rows; null when there is nothing.</param>
/// <param name="decided">What people said of rows.</param>
/// <param name="surplus">Most cells beyond the headings in a row that comes back for it: they get columns of their own, so that none is lost.</param>
/// <param name="monthFirst">True when the list was read with the month before the day.</param>
/// <param name="texts">The reader's texts.</param>
internal sealed class RefusedList(ImportSheet sheet, Staging? staging, IReadOnlyDictionary<int, ImportDecision> decided, int surplus, bool monthFirst, Texts texts)
{
    private readonly int[] columns = [.. Enumerable.Range(0, sheet.Columns.Headings.Count).Where(column => !ImportColumns.IsReason(sheet.Columns.Headings[column]) && !sheet.Columns.IsSurplus(column))];

    /// <summary>The list they come from.</summary>
    public ImportSheet Sheet => sheet;

    /// <summary>The user's headings; ours where the list has none, so that it need not be asked about again.</summary>
    public IReadOnlyList<string> Headings =>
    [
        .. columns.Select(column => sheet.HeaderRow > 0 ? sheet.Columns.Headings[column]
            : sheet.Columns.FieldOf(column) is { } meaning ? texts[$"errors.column.{ImportColumns.NameOf(meaning)}"] : sheet.Columns.Headings[column]),
        .. Enumerable.Repeat(texts["imports.surplus"], surplus),
    ];

    /// <summary>What the column of reasons is called.</summary>
    public string ReasonHeading => texts["imports.reason"];

    /// <summary>Where a field stands among the returned columns; -1 when the list has none.</summary>
    public int PlaceOf(ImportField field) => Array.IndexOf(columns, sheet.Columns.ColumnOf(field));

    /// <summary>Where a column that is not read stands among the returned ones, by its heading; -1 when the list has none.</summary>
    public int PlaceOf(Predicate<string> heading) => Array.FindIndex(columns, column => sheet.Columns.FieldOf(column) is null && heading(sheet.Columns.Headings[column]));

    /// <summary>The cells of the present row that stand beyond the headings.</summary>
    /// <param name="sheet">A list.</param>
    public static IEnumerable<int> SurplusOf(ImportSheet sheet) =>
        Enumerable.Range(sheet.Columns.Own, Math.Max(0, Math.Min(sheet.Rows.CellCount, TableRows.CellsMax) - sheet.Columns.Own))
            .Where(cell => sheet.Columns.IsSurplus(cell) && !sheet.Rows.Cell(cell).IsEmpty);

    /// <summary>The rows, in the order of the list; to be read once.</summary>
    public IEnumerable<RefusedRow> Rows()
    {
        foreach (var (number, faults) in GroupAdjacent(staging?.Returned(decided) ?? []))
        {
            while (sheet.Rows.Row < number && sheet.Rows.Read())
            {
            }
            yield return Show(faults);
        }
    }

    private RefusedRow Show(List<StagedFault> faults)
    {
        var ofCells = new Dictionary<int, string>();
        var reasons = new List<string>();
        foreach (var fault in faults)
        {
            var message = texts.Error(fault.Code, fault.Facts);
            reasons.Add(GetImport.ColumnOf(sheet.Columns, fault.Field) is { } column ? $"{column}: {message}" : message);
            if (fault.Field is null || !Enum.TryParse<ImportField>(fault.Field, ignoreCase: true, out var field) || PlaceOf(field) is var place && place < 0) continue;
            ofCells[place] = ofCells.TryGetValue(place, out var earlier) ? $"{earlier} {message}" : message;
        }
        int[] cells = [.. columns, .. SurplusOf(sheet).Take(surplus)];
        if (faults.Find(fault => fault.Code == "tooManyCells") is { } beyond)
        {
            for (var place = columns.Length; place < cells.Length; place++) ofCells[place] = texts.Error(beyond.Code, beyond.Facts);
        }
        return new RefusedRow(
            [.. cells.Select(Returned), .. Enumerable.Repeat(new RefusedCell("", false), columns.Length + surplus - cells.Length)],
            ofCells, string.Join(" ", reasons));
    }

    /// <summary>
    /// As it stood there; but a date that only the whole list explains comes back as it was understood: a bare number, since the copy may
    /// count from another day, and one of a list that writes the month first, which a few rows do not show.
    /// </summary>
    private RefusedCell Returned(int cell) =>
        sheet.Columns.FieldOf(cell) is ImportField.BirthDate or ImportField.ConsentOn && Understood(cell) is { } day
            ? new RefusedCell(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), IsNumber: false)
            : new RefusedCell(sheet.Rows.Cell(cell).ToString(), sheet.Rows.IsNumber(cell));

    private DateOnly? Understood(int cell) =>
        sheet.Rows.BareDay(cell) ?? (monthFirst && DateText.ParseMonthFirst(sheet.Rows.Cell(cell), out var date) == DateTextError.None ? date : null);

    private static IEnumerable<(int Row, List<StagedFault> Faults)> GroupAdjacent(IEnumerable<StagedFault> faults)
    {
        List<StagedFault> current = [];
        foreach (var fault in faults)
        {
            if (current.Count > 0 && current[0].Row != fault.Row)
            {
                yield return (current[0].Row, current);
                current = [];
            }
            current.Add(fault);
        }
        if (current.Count > 0) yield return (current[0].Row, current);
    }
}
