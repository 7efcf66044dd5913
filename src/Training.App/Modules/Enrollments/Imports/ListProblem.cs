using Training.App.Platform.Spreadsheets;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>Why a list cannot be read as it stands.</summary>
/// <param name="Code">Stable code, after a colon the missing columns.</param>
/// <param name="IsUnclear">True when a person who sees the file can say which column is which.</param>
internal readonly record struct ListProblem(string Code, bool IsUnclear)
{
    /// <summary>A full name, birth date, sex, guardian and phone: fewer columns hold no list of ours, however they are called.</summary>
    public const int FewestColumns = 5;

    /// <summary>The problem of an opened list; null when it can be read.</summary>
    /// <param name="sheet">The list.</param>
    /// <param name="isChosen">True when a person has said which sheet and columns.</param>
    public static ListProblem? Of(ImportSheet sheet, bool isChosen)
    {
        if (sheet.Rows.CellCount > TableRows.CellsMax) return new ListProblem("tooManyColumns", false);
        if (sheet.IsSheetUnclear && !isChosen) return new ListProblem("sheetUnclear", true);
        var missing = sheet.Columns.Missing();
        if (missing.Count == 0) return null;
        var isUnclear = sheet.Columns.Headings.Count >= FewestColumns;
        if (sheet.Columns.Known == 0) return new ListProblem("noHeadings", isUnclear);
        return new ListProblem($"columnsMissing:{string.Join(',', missing.Select(ImportColumns.NameOf))}", isUnclear);
    }
}
