using Training.App.Platform.Files;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>
/// Says whether a list writes the month before the day. One such date is a slip and is refused; several of them, and none with the day
/// before, are the habit of the machine that wrote the list, and reading the others day first would give children wrong birth dates.
/// </summary>
internal static class DateOrder
{
    private const int RowsMax = 2_000;

    /// <summary>Three birth dates in five have a day above 12: a list written day first shows that within a few rows.</summary>
    private const int Enough = 3;

    /// <summary>True when the birth dates of the list are written month first.</summary>
    public static bool IsMonthFirst(IFileStore files, Import import)
    {
        using var sheet = ImportSheet.Open(files, import.FileHash, SheetChoice.Of(import.Choice));
        var column = sheet.Columns.ColumnOf(ImportField.BirthDate);
        if (column < 0) return false;
        var monthFirst = 0;
        for (var row = 0; row < RowsMax && sheet.Rows.Read(); row++)
        {
            var cell = sheet.Rows.Cell(column);
            var asDayFirst = DateText.Parse(cell, out DateOnly _) == DateTextError.None;
            var asMonthFirst = DateText.ParseMonthFirst(cell, out _) == DateTextError.None;
            if (asDayFirst && !asMonthFirst) return false;
            if (asMonthFirst && !asDayFirst) monthFirst++;
        }
        return monthFirst >= Enough;
    }
}
