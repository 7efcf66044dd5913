using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Files;
using Training.Data;
using Training.Data.Scope;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>What the people of a site said of the columns of earlier lists.</summary>
internal sealed class ImportLayouts(IFileStore files, DbContextOptions<TrainingDbContext> options)
{
    /// <summary>How many rows that are not blank are looked at for headings that were spoken of.</summary>
    private const int HeadsMax = 20;

    /// <summary>What was said of an earlier list with these headings, wherever they stand in this one; null when nothing was.</summary>
    public async Task<SheetChoice?> RecallAsync(Import import, CancellationToken cancellationToken)
    {
        if (import.SiteId is not { } site) return null;
        await using var db = new TrainingDbContext(options) { Scope = AccessScope.Whole };
        var layouts = await db.Set<ImportLayout>().AsNoTracking().Where(row => row.SiteId == site).OrderByDescending(row => row.SaidAt).ToListAsync(cancellationToken);
        if (layouts.Count == 0) return null;
        using var list = ImportSheet.Open(files, import.FileHash, null);
        foreach (var layout in layouts)
        {
            var choice = SheetChoice.Of(layout.Choice)!;
            if (choice.Sheet is not null && !list.Sheets.Contains(choice.Sheet)) continue;
            if (choice.HeaderRow == 0)
            {
                if (list.Columns.Known == 0 && layout.Shape == HeaderMap.ShapeWithoutHeadings(list.Columns.Headings.Count) && BeginsWithChild(import, choice)) return choice;
            }
            else if (HeadingsOf(import, choice.Sheet, layout.Shape) is { } row)
            {
                return choice with { HeaderRow = row };
            }
        }
        return null;
    }

    private int? HeadingsOf(Import import, string? sheet, string shape)
    {
        using var list = ImportSheet.Open(files, import.FileHash, new SheetChoice(sheet, 0, []));
        for (var seen = 0; seen < HeadsMax && list.Rows.Read();)
        {
            if (list.Rows.IsBlank) continue;
            seen++;
            if (HeaderMap.From(list.Rows).Shape() == shape) return list.Rows.Row;
        }
        return null;
    }

    /// <summary>A list without headings is known by the number of its columns alone, so its first row must be a child's: a date where one belongs.</summary>
    private bool BeginsWithChild(Import import, SheetChoice choice)
    {
        using var list = ImportSheet.Open(files, import.FileHash, choice);
        while (list.Rows.Read())
        {
            if (!list.Rows.IsBlank) return DateText.Parse(list.Rows.Cell(list.Columns.ColumnOf(ImportField.BirthDate)).ToString(), out DateOnly _) == DateTextError.None;
        }
        return false;
    }
}
