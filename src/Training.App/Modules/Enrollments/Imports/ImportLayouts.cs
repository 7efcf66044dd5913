using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Files;
using Training.Data;
using Training.Data.Scope;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>What the people of a site said of earlier lists with unclear columns.</summary>
internal sealed class ImportLayouts(IFileStore files, DbContextOptions<TrainingDbContext> options)
{
    /// <summary>What was said of an earlier list of this shape; null when nothing was, or when the list needs no help.</summary>
    public async Task<string?> RecallAsync(Import import, CancellationToken cancellationToken)
    {
        if (import.SiteId is not { } site) return null;
        using var sheet = ImportSheet.Open(files, import.FileHash, null);
        if (ListProblem.Of(sheet, isChosen: false) is not { IsUnclear: true }) return null;
        var shape = sheet.Columns.Shape();
        await using var db = new TrainingDbContext(options) { Scope = AccessScope.Whole };
        var layout = await db.Set<ImportLayout>().AsNoTracking().SingleOrDefaultAsync(row => row.SiteId == site && row.Shape == shape, cancellationToken);
        if (SheetChoice.Of(layout?.Choice) is not { } choice) return null;
        return choice.Sheet is null || sheet.Sheets.Contains(choice.Sheet) ? layout!.Choice : null;
    }
}
