using System.Security.Cryptography;
using System.Text;
using Training.App.Platform.Spreadsheets;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>Which column holds what, in the words of the file.</summary>
internal sealed class HeaderMap
{
    private readonly int[] columnOf = new int[Enum.GetValues<ImportField>().Length];

    private HeaderMap(string[] headings, IReadOnlyList<ImportField?> fields)
    {
        Headings = headings;
        Own = Array.FindIndex(headings, ImportColumns.IsSurplus) is var first and >= 0 ? first : headings.Length;
        Array.Fill(columnOf, -1);
        for (var column = 0; column < Math.Min(headings.Length, fields.Count); column++)
        {
            if (fields[column] is { } field && columnOf[(int)field] < 0) columnOf[(int)field] = column;
        }
    }

    /// <summary>The user's own headings, also of columns nobody knows; the letters of the columns where the list has none.</summary>
    public IReadOnlyList<string> Headings { get; }

    /// <summary>Number of columns before those in which surplus cells were given back; all where there are none.</summary>
    public int Own { get; }

    /// <summary>True when a cell here stands beyond the headings, or was given back as one that did.</summary>
    public bool IsSurplus(int column) => column >= Headings.Count || (column >= Own && ImportColumns.IsSurplus(Headings[column]));

    /// <summary>Number of columns understood.</summary>
    public int Known => columnOf.Count(column => column >= 0);

    /// <summary>Required columns that are missing; empty when the list can be read.</summary>
    public IReadOnlyList<ImportField> Missing()
    {
        var missing = new List<ImportField>();
        var named = Has(ImportField.FullName) || (Has(ImportField.GivenName) && Has(ImportField.FamilyName))
            || (Has(ImportField.GivenNameAr) && Has(ImportField.FamilyNameAr));
        if (!named) missing.Add(Has(ImportField.GivenName) ? ImportField.FamilyName : Has(ImportField.FamilyName) ? ImportField.GivenName : ImportField.FullName);
        foreach (var required in (ReadOnlySpan<ImportField>)[ImportField.BirthDate, ImportField.Sex, ImportField.GuardianName, ImportField.GuardianPhone])
            if (!Has(required)) missing.Add(required);
        return missing;
    }

    /// <summary>True when the file has this column.</summary>
    public bool Has(ImportField field) => columnOf[(int)field] >= 0;

    /// <summary>The column's place; -1 when the file has none.</summary>
    public int ColumnOf(ImportField field) => columnOf[(int)field];

    /// <summary>What the column at a place holds; null when nobody knows.</summary>
    public ImportField? FieldOf(int column) => Array.IndexOf(columnOf, column) is var field and >= 0 ? (ImportField)field : null;

    /// <summary>The user's heading of a field; null when the file has no such column.</summary>
    public string? HeadingOf(ImportField field) => Has(field) ? Headings[ColumnOf(field)] : null;

    /// <summary>By what the next list with the same headings is known.</summary>
    public string Shape() => HashOf(string.Join('|', Headings.Where(heading => !ImportColumns.IsReason(heading) && !ImportColumns.IsSurplus(heading)).Select(ImportColumns.Fold)).TrimEnd('|'));

    /// <summary>By what the next list without headings is known: the number of its columns, and no value of a row.</summary>
    public static string ShapeWithoutHeadings(int columns) => HashOf($"{columns} columns");

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Takes the present row as headings.</summary>
    public static HeaderMap From(TableRows row)
    {
        var headings = new string[Math.Min(row.CellCount, TableRows.CellsMax)];
        for (var i = 0; i < headings.Length; i++) headings[i] = row.Cell(i).ToString();
        return Of(headings, null);
    }

    /// <summary>The map of these headings, as a person chose it or as the headings say.</summary>
    /// <param name="headings">The user's headings.</param>
    /// <param name="choice">What a person said; null when nobody was asked.</param>
    public static HeaderMap Of(IReadOnlyList<string> headings, SheetChoice? choice) =>
        new([.. headings], choice is { Columns.Count: > 0 } ? choice.Columns : [.. headings.Select(heading => ImportColumns.Find(heading))]);

    /// <summary>The letters by which a spreadsheet names its columns: A, B, … Z, AA.</summary>
    public static string LetterOf(int column)
    {
        var letters = "";
        for (var rest = column; rest >= 0; rest = rest / 26 - 1) letters = (char)('A' + rest % 26) + letters;
        return letters;
    }
}
