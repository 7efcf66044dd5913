using Training.App.Platform.Spreadsheets;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>Which column holds what, in the words of the file.</summary>
internal sealed class HeaderMap
{
    private readonly int[] columnOf = new int[Enum.GetValues<ImportField>().Length];

    private HeaderMap(string[] headings)
    {
        Headings = headings;
        Array.Fill(columnOf, -1);
        for (var column = 0; column < headings.Length; column++)
        {
            if (ImportColumns.Find(headings[column]) is not { } field) continue;
            if (columnOf[(int)field] < 0) columnOf[(int)field] = column;
        }
    }

    /// <summary>The user's own headings, also of columns nobody knows.</summary>
    public IReadOnlyList<string> Headings { get; }

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

    /// <summary>The user's heading of a field; null when the file has no such column.</summary>
    public string? HeadingOf(ImportField field) => Has(field) ? Headings[ColumnOf(field)] : null;

    /// <summary>Takes the present row as headings.</summary>
    public static HeaderMap From(CsvReader row)
    {
        var headings = new string[Math.Min(row.CellCount, CsvReader.CellsMax)];
        for (var i = 0; i < headings.Length; i++) headings[i] = row.Cell(i).ToString();
        return new HeaderMap(headings);
    }

    /// <summary>The map that an earlier reading of the same file found.</summary>
    public static HeaderMap Of(IReadOnlyList<string> headings) => new([.. headings]);
}
