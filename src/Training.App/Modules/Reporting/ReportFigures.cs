using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.Data.Reporting;
using Training.Domain.Attendance;

namespace Training.App.Modules.Reporting;

/// <summary>The figures behind one row, before small ones are withheld.</summary>
/// <param name="Enrolled">Live enrollments with a place.</param>
/// <param name="Completed">Completion certificates that stand.</param>
/// <param name="Certificates">Certificates whose document exists.</param>
/// <param name="Marked">Marks of any kind.</param>
/// <param name="Attended">Marks present or late.</param>
internal readonly record struct Figures(int Enrolled, int Completed, int Certificates, int Marked, int Attended)
{
    public static Figures operator +(Figures left, Figures right) => new(
        left.Enrolled + right.Enrolled, left.Completed + right.Completed, left.Certificates + right.Certificates,
        left.Marked + right.Marked, left.Attended + right.Attended);
}

/// <summary>
/// Reads the roll-ups. The context filters them by the caller's scope like any other rows, so no report can reach further; the
/// cost depends on sites, groups and months, never on the number of marks.
/// </summary>
internal sealed class ReportFigures(ReadDb db, TimeProvider time)
{
    /// <summary>Figures by the key that <paramref name="selection"/> asks for: a site for any place, else the dimension's own.</summary>
    public async Task<Dictionary<int, Figures>> ReadAsync(ReportSelection selection, int[]? sites, CancellationToken cancellationToken)
    {
        var figures = new Dictionary<int, Figures>();
        foreach (var row in await MarksAsync(selection, sites, cancellationToken)) figures[row.Key] = row.ToFigures();
        if (!selection.HasEnrollments) return figures;
        foreach (var row in await EnrollmentsAsync(selection, sites, cancellationToken))
            figures[row.Key] = figures.GetValueOrDefault(row.Key) + row.ToFigures();
        return figures;
    }

    /// <summary>All marks of the selection; for modules, whose rows do not add up to it.</summary>
    public async Task<Figures> MarksOfAllAsync(ReportSelection selection, int[]? sites, CancellationToken cancellationToken)
    {
        var all = default(Figures);
        foreach (var row in await SumAsync(Of(db.Set<SiteCell>(), selection, sites), row => row.Month, cancellationToken)) all += row.ToFigures();
        return all;
    }

    /// <summary>How many youths stand behind the whole selection, whatever month or module is asked for.</summary>
    public async Task<int> PopulationAsync(ReportSelection selection, int[]? sites, CancellationToken cancellationToken) =>
        (await EnrollmentsAsync(selection with { By = ReportBy.Site }, sites, cancellationToken)).Sum(row => row.Enrolled);

    /// <summary>Sessions closed, and those that should be: closed ones and open ones whose day has passed.</summary>
    public async Task<(int Closed, int Expected)> CompletenessAsync(ReportSelection selection, int[]? sites, CancellationToken cancellationToken)
    {
        var closed = selection switch
        {
            { GroupId: { } group } => await Of(db.Set<GroupCell>(), selection, sites).Where(row => row.GroupId == group)
                .SumAsync(row => row.Closed, cancellationToken),
            { Module: { } module } => await Of(db.Set<ModuleCell>(), selection, sites).Where(row => row.ModuleId == module.Id)
                .SumAsync(row => row.Closed, cancellationToken),
            _ => await Of(db.Set<MonthCell>(), selection, sites).SumAsync(row => row.Closed, cancellationToken),
        };
        var today = time.Today();
        var open = db.Set<Session>().Where(row => row.EditionId == selection.Edition.Id && row.Status == SessionStatus.Open && row.Date < today);
        if (sites is not null) open = open.Where(row => sites.Contains(row.SiteId));
        if (selection.GroupId is { } groupId) open = open.Where(row => row.GroupId == groupId);
        if (selection.Module is { Id: var moduleId })
            open = open.Where(row => db.Set<SessionModule>().Any(link => link.SessionId == row.Id && link.ModuleId == moduleId));
        if (selection.Month is { } month)
        {
            var first = new DateOnly(month / 100, month % 100, 1);
            var next = first.AddMonths(1);
            open = open.Where(row => row.Date >= first && row.Date < next);
        }
        return (closed, closed + await open.CountAsync(cancellationToken));
    }

    /// <summary>When the figures last changed; now when there are none.</summary>
    public async Task<DateTimeOffset> AsOfAsync(ReportSelection selection, int[]? sites, CancellationToken cancellationToken)
    {
        var tallies = db.Set<SiteTally>().Where(row => row.EditionId == selection.Edition.Id);
        if (sites is not null) tallies = tallies.Where(row => sites.Contains(row.SiteId));
        return await tallies.MaxAsync(row => row.ChangedAt, cancellationToken) ?? time.GetUtcNow();
    }

    private Task<List<MarkRow>> MarksAsync(ReportSelection selection, int[]? sites, CancellationToken cancellationToken)
    {
        if (selection.UsesGroups)
        {
            var cells = Of(db.Set<GroupCell>(), selection, sites);
            if (selection.GroupId is { } group) cells = cells.Where(row => row.GroupId == group);
            return selection.By switch
            {
                ReportBy.Group => SumAsync(cells, row => row.GroupId, cancellationToken),
                ReportBy.Month => SumAsync(cells, row => row.Month, cancellationToken),
                _ => SumAsync(cells, row => row.SiteId, cancellationToken),
            };
        }
        if (selection.UsesModules)
        {
            var cells = Of(db.Set<ModuleCell>(), selection, sites);
            if (selection.Module is { Id: var module }) cells = cells.Where(row => row.ModuleId == module);
            return selection.By switch
            {
                ReportBy.Module => SumAsync(cells, row => row.ModuleId, cancellationToken),
                ReportBy.Month => SumAsync(cells, row => row.Month, cancellationToken),
                _ => SumAsync(cells, row => row.SiteId, cancellationToken),
            };
        }
        var marks = Of(db.Set<SiteCell>(), selection, sites);
        return selection.By switch
        {
            ReportBy.Month => SumAsync(marks, row => row.Month, cancellationToken),
            ReportBy.Sex => SumAsync(marks, row => (int)row.Sex, cancellationToken),
            ReportBy.AgeBand => SumAsync(marks, row => (int)row.AgeBand, cancellationToken),
            _ => SumAsync(marks, row => row.SiteId, cancellationToken),
        };
    }

    private Task<List<EnrollmentRow>> EnrollmentsAsync(ReportSelection selection, int[]? sites, CancellationToken cancellationToken)
    {
        if (selection.UsesGroups)
        {
            var groups = db.Set<GroupEnrollmentCell>().Where(row => row.EditionId == selection.Edition.Id);
            if (sites is not null) groups = groups.Where(row => sites.Contains(row.SiteId));
            if (selection.GroupId is { } group) groups = groups.Where(row => row.GroupId == group);
            return selection.By == ReportBy.Group
                ? SumEnrollmentsAsync(groups, row => row.GroupId, cancellationToken)
                : SumEnrollmentsAsync(groups, row => row.SiteId, cancellationToken);
        }
        var cells = db.Set<SiteEnrollmentCell>().Where(row => row.EditionId == selection.Edition.Id);
        if (sites is not null) cells = cells.Where(row => sites.Contains(row.SiteId));
        if (selection.Sex is { } sex) cells = cells.Where(row => row.Sex == sex);
        if (selection.AgeBand is { } band) cells = cells.Where(row => row.AgeBand == band);
        return selection.By switch
        {
            ReportBy.Sex => SumEnrollmentsAsync(cells, row => (int)row.Sex, cancellationToken),
            ReportBy.AgeBand => SumEnrollmentsAsync(cells, row => (int)row.AgeBand, cancellationToken),
            _ => SumEnrollmentsAsync(cells, row => row.SiteId, cancellationToken),
        };
    }

    private static IQueryable<SiteCell> Of(IQueryable<SiteCell> cells, ReportSelection selection, int[]? sites)
    {
        cells = Of<SiteCell>(cells, selection, sites);
        if (selection.Sex is { } sex) cells = cells.Where(row => row.Sex == sex);
        if (selection.AgeBand is { } band) cells = cells.Where(row => row.AgeBand == band);
        return cells;
    }

    private static IQueryable<TCell> Of<TCell>(IQueryable<TCell> cells, ReportSelection selection, int[]? sites)
        where TCell : AttendanceCell
    {
        cells = cells.Where(row => row.EditionId == selection.Edition.Id);
        if (sites is not null) cells = cells.Where(row => sites.Contains(row.SiteId));
        if (selection.Month is { } month) cells = cells.Where(row => row.Month == month);
        return cells;
    }

    private static Task<List<MarkRow>> SumAsync<TCell>(
        IQueryable<TCell> cells, Expression<Func<TCell, int>> key, CancellationToken cancellationToken)
        where TCell : AttendanceCell =>
        cells.GroupBy(key).Select(cell => new MarkRow(
            cell.Key,
            cell.Sum(row => row.Present + row.Late + row.Excused + row.Absent),
            cell.Sum(row => row.Present + row.Late))).ToListAsync(cancellationToken);

    private static Task<List<EnrollmentRow>> SumEnrollmentsAsync<TCell>(
        IQueryable<TCell> cells, Expression<Func<TCell, int>> key, CancellationToken cancellationToken)
        where TCell : EnrollmentCell =>
        cells.GroupBy(key).Select(cell => new EnrollmentRow(
            cell.Key,
            cell.Sum(row => row.Active + row.Awaiting),
            cell.Sum(row => row.Completed),
            cell.Sum(row => row.Certificates))).ToListAsync(cancellationToken);

    private sealed record MarkRow(int Key, int Marked, int Attended)
    {
        public Figures ToFigures() => new(0, 0, 0, Marked, Attended);
    }

    private sealed record EnrollmentRow(int Key, int Enrolled, int Completed, int Certificates)
    {
        public Figures ToFigures() => new(Enrolled, Completed, Certificates, 0, 0);
    }
}
