using Training.App.Platform.Localization;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>A refused row as it goes back.</summary>
/// <param name="Cells">What the user wrote.</param>
/// <param name="Faults">What is wrong with each cell, by its place.</param>
/// <param name="Reason">All that is wrong with the row.</param>
internal sealed record RefusedRow(IReadOnlyList<string> Cells, IReadOnlyDictionary<int, string> Faults, string Reason);

/// <summary>The refused rows of a list in the user's own layout; a column of reasons that it brought along is left out.</summary>
internal sealed class RefusedList(ImportSheet sheet, Staging? staging, IReadOnlySet<int> decided, Texts texts)
{
    private readonly int[] columns = [.. Enumerable.Range(0, sheet.Columns.Headings.Count).Where(column => !ImportColumns.IsReason(sheet.Columns.Headings[column]))];

    /// <summary>The list they come from.</summary>
    public ImportSheet Sheet => sheet;

    /// <summary>The user's headings; ours where the list has none, so that it need not be asked about again.</summary>
    public IReadOnlyList<string> Headings => [.. columns.Select(column => sheet.HeaderRow > 0 ? sheet.Columns.Headings[column]
        : sheet.Columns.FieldOf(column) is { } meaning ? texts[$"errors.column.{ImportColumns.NameOf(meaning)}"] : sheet.Columns.Headings[column])];

    /// <summary>What the column of reasons is called.</summary>
    public string ReasonHeading => texts["imports.reason"];

    /// <summary>Where a field stands among the returned columns; -1 when the list has none.</summary>
    public int PlaceOf(ImportField field) => Array.IndexOf(columns, sheet.Columns.ColumnOf(field));

    /// <summary>The rows, in the order of the list; to be read once.</summary>
    public IEnumerable<RefusedRow> Rows()
    {
        foreach (var (number, faults) in GroupAdjacent(staging?.Faults() ?? []))
        {
            if (decided.Contains(number)) continue;
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
        return new RefusedRow([.. columns.Select(column => sheet.Rows.Cell(column).ToString())], ofCells, string.Join(" ", reasons));
    }

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
