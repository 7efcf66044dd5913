namespace Training.Pdf.Tests;

/// <summary>First names and surnames of the reference lists in both scripts.</summary>
internal static class ReferenceNames
{
    internal static IReadOnlyList<string> Arabic { get; } = [.. Column("first-names.csv", 2), .. Column("surnames.csv", 1)];

    internal static IReadOnlyList<string> Latin { get; } = [.. Column("first-names.csv", 1), .. Column("surnames.csv", 0)];

    private static IEnumerable<string> Column(string file, int index) =>
        // Names stand before the first quoted column.
        File.ReadLines(Path.Combine(PdfTools.Root, "seed-data", "reference", file)).Skip(1)
            .Select(line => line.Split(',')[index]).Where(name => name.Length > 0).Distinct();
}
