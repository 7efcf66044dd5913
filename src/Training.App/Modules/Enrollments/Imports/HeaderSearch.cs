using Training.App.Platform.Spreadsheets;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>
/// Finds the heading among the first rows of a list: the one with the most known columns, since many lists begin with a title. Where
/// no row has one it is the first with the most cells.
/// </summary>
/// <param name="Row">The row of the heading, as the user sees it.</param>
/// <param name="Known">How many of its columns are known.</param>
/// <param name="Suffices">True when every required column is among them and a row follows.</param>
internal readonly record struct HeaderSearch(int Row, int Known, bool Suffices)
{
    /// <summary>How many rows that are not blank are looked at.</summary>
    private const int RowsMax = 20;

    public static HeaderSearch In(TableRows rows)
    {
        var best = new HeaderSearch(1, 0, false);
        var cells = 0;
        var isComplete = false;
        for (var seen = 0; seen < RowsMax && rows.Read();)
        {
            if (rows.IsBlank) continue;
            seen++;
            if (isComplete) best = best with { Suffices = true };
            var columns = HeaderMap.From(rows);
            if (columns.Known < best.Known || (columns.Known == best.Known && (best.Known > 0 || rows.CellCount <= cells))) continue;
            (best, cells) = (new HeaderSearch(rows.Row, columns.Known, false), rows.CellCount);
            isComplete = columns.Missing().Count == 0;
        }
        return best;
    }
}

/// <summary>Finds the sheet of a workbook that holds the list.</summary>
internal static class SheetSearch
{
    /// <summary>With so many known headings a sheet is a list of people, whether or not all that is needed is among them.</summary>
    private const int KnownOfList = 4;

    /// <summary>
    /// The only visible sheet that has every required column and rows; when another one looks like a list too, though a heading of it is
    /// not known, a person chooses. Hidden sheets count only when no visible one looks like a list: it may be last season's.
    /// </summary>
    /// <param name="workbook">The workbook.</param>
    /// <param name="chosen">The sheet that a person named; null when nobody was asked.</param>
    /// <exception cref="WorkbookException">There is no such sheet.</exception>
    public static (WorkbookSheet Sheet, int HeaderRow, bool IsUnclear) In(Workbook workbook, string? chosen)
    {
        var sheets = workbook.Sheets.Where(sheet => chosen is null || sheet.Name == chosen).Select(sheet => (Sheet: sheet, Header: Search(workbook, sheet))).ToList();
        if (sheets.Count == 0) throw new WorkbookException("sheetNotFound");
        var alike = sheets.Count(entry => !entry.Sheet.IsHidden && entry.Header.Known >= KnownOfList);
        foreach (var hidden in (ReadOnlySpan<bool>)[false, true])
        {
            if (hidden && alike > 0) break;
            var fitting = sheets.FindAll(entry => entry.Sheet.IsHidden == hidden && entry.Header.Suffices);
            if (fitting.Count > 0) return (fitting[0].Sheet, fitting[0].Header.Row, fitting.Count > 1 || alike > 1);
        }
        var best = sheets.OrderBy(entry => entry.Sheet.IsHidden).ThenByDescending(entry => entry.Header.Known).First();
        return (best.Sheet, best.Header.Row, false);
    }

    private static HeaderSearch Search(Workbook workbook, WorkbookSheet sheet)
    {
        using var rows = workbook.Rows(sheet);
        return HeaderSearch.In(rows);
    }
}
