using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.Data;
using Training.Data.Reporting;
using Training.Data.Scope;

namespace Training.App.Tests.Modules.Reporting;

/// <summary>The kept figures as they are read by a person who compares them.</summary>
internal static class KeptFigures
{
    /// <summary>Every cell that is not empty, as text, so that a difference can be read.</summary>
    public static async Task<List<string>> SnapshotAsync(IServiceProvider services)
    {
        await using var db = new TrainingDbContext(services.GetRequiredService<DbContextOptions<TrainingDbContext>>()) { Scope = AccessScope.Whole };
        var lines = new List<string>();
        foreach (var cell in await db.Set<SiteCell>().AsNoTracking().ToListAsync())
            Add(lines, $"cell {cell.EditionId} {cell.SiteId} {cell.RegionId} {cell.Month} {cell.Sex} {cell.Cohort}", Marks(cell));
        foreach (var cell in await db.Set<MonthCell>().AsNoTracking().ToListAsync())
            Add(lines, $"month {cell.Month} {cell.EditionId} {cell.SiteId} {cell.RegionId}", [.. Marks(cell), cell.Closed, cell.Sessions, cell.Held, cell.Minutes]);
        foreach (var cell in await db.Set<GroupCell>().AsNoTracking().ToListAsync())
            Add(lines, $"group {cell.GroupId} {cell.EditionId} {cell.SiteId} {cell.Month}", [.. Marks(cell), cell.Closed, cell.Sessions, cell.Held, cell.Minutes]);
        foreach (var cell in await db.Set<ModuleCell>().AsNoTracking().ToListAsync())
            Add(lines, $"module {cell.ModuleId} {cell.EditionId} {cell.SiteId} {cell.Month}", [.. Marks(cell), cell.Closed, cell.Sessions, cell.Held, cell.Minutes]);
        foreach (var cell in await db.Set<SiteEnrollmentCell>().AsNoTracking().ToListAsync())
            Add(lines, $"enrolled {cell.EditionId} {cell.SiteId} {cell.Sex} {cell.Cohort}", Counts(cell));
        foreach (var cell in await db.Set<GroupEnrollmentCell>().AsNoTracking().ToListAsync())
            Add(lines, $"enrolled in group {cell.EditionId} {cell.SiteId} {cell.GroupId} {cell.Sex} {cell.Cohort}", Counts(cell));
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static int[] Marks(AttendanceCell cell) => [cell.Present, cell.Late, cell.Excused, cell.Absent];

    private static int[] Counts(EnrollmentCell cell) =>
        [cell.Active, cell.Awaiting, cell.Waiting, cell.Withdrawn, cell.Completed, cell.Certificates];

    public static void Add(List<string> lines, string key, int[] counts)
    {
        if (counts.Any(count => count != 0)) lines.Add($"{key}: {string.Join(' ', counts)}");
    }
}
