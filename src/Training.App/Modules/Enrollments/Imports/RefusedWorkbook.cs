using System.Globalization;
using Training.App.Platform.Spreadsheets;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>
/// Writes refused rows as a workbook in the user's own layout: sheet name, lines above the headings, columns and their order. The
/// offending cells are marked and commented.
/// </summary>
internal static class RefusedWorkbook
{
    private const int Narrowest = 12;
    private const int Widest = 40;
    private const int ReasonWidth = 60;

    /// <param name="list">The rows.</param>
    /// <param name="values">What is proposed in the columns.</param>
    /// <param name="folder">Where the workbook is made: an archive is written back and forth, which no response can be.</param>
    /// <param name="stream">Where it goes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task WriteAsync(RefusedList list, ProposedValues values, string folder, Stream stream, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, "imports", $"{Guid.NewGuid():N}.tmp");
        await using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        });
        var dropDowns = await values.ForAsync(list, cancellationToken);
        Write(list, dropDowns, file, cancellationToken);
        file.Position = 0;
        await file.CopyToAsync(stream, cancellationToken);
    }

    private static void Write(RefusedList list, IReadOnlyList<DropDown> dropDowns, Stream file, CancellationToken cancellationToken)
    {
        var headings = list.Headings;
        var above = list.Sheet.Above;
        using var writer = new WorkbookWriter(
            file, list.Sheet.Sheet ?? "Liste", IsArabic(headings), above.Count + 1,
            [.. headings.Select(heading => Math.Clamp(heading.Length + 2, Narrowest, Widest)), ReasonWidth], dropDowns);
        foreach (var line in above) writer.Row([.. line.Select(cell => new WrittenCell(cell, CellLook.Text))]);
        writer.Row([.. headings.Append(list.ReasonHeading).Select(heading => new WrittenCell(heading, CellLook.Heading))]);
        foreach (var row in list.Rows())
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.Row([.. row.Cells.Select((cell, place) => Cell(cell, row.Faults.GetValueOrDefault(place))), new WrittenCell(row.Reason, CellLook.Reason)]);
        }
        writer.Complete();
    }

    private static WrittenCell Cell(RefusedCell cell, string? fault)
    {
        var text = cell.Text;
        if (cell.IsNumber && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            return new WrittenCell(text, fault is null ? CellLook.Number : CellLook.FaultyNumber, fault);
        var isDay = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year >= 1901;
        return new WrittenCell(text, (isDay, fault) switch
        {
            (true, null) => CellLook.Day,
            (true, _) => CellLook.FaultyDay,
            (false, null) => CellLook.Text,
            _ => CellLook.FaultyText,
        }, fault);
    }

    /// <summary>A list whose headings are mostly Arabic reads from the right.</summary>
    private static bool IsArabic(IReadOnlyList<string> headings) =>
        headings.Count(heading => heading.Any(c => c is >= '\u0600' and <= '\u06FF')) * 2 > headings.Count;
}
