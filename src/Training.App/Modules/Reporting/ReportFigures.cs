using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Data.Reporting;
using Training.Domain.Directory;
using Training.Domain.Reporting;

namespace Training.App.Modules.Reporting;

/// <summary>
/// Reads the roll-ups. The context filters them by the caller's scope like any other rows, so no report can reach further; the
/// cost depends on sites, groups and months, never on the number of marks. What no roll-up holds (groups or modules split by who the
/// youths are, groups by modules) is read from the tallies of the sessions.
/// </summary>
internal sealed class ReportFigures(ReadDb db, DirectoryCatalog catalog, Caller caller)
{
    /// <summary>Figures by key: one number for each of the dimensions, at most three.</summary>
    public async Task<Dictionary<CellKey, Figures>> ReadAsync(
        ReportSelection selection, IReadOnlyList<ReportDimension> by, CancellationToken cancellationToken)
    {
        var directory = await catalog.SnapshotAsync(cancellationToken);
        var places = Places(selection, directory);
        var figures = new Dictionary<CellKey, Figures>();
        foreach (var edition in selection.Editions)
        {
            var columns = by.Select(ColumnOf).OfType<string>().Distinct().ToArray();
            var keys = new KeyMaker(by, columns, edition, new Cohorts(edition), directory);
            foreach (var row in await MarksAsync(selection, by, edition, places, RawColumns.Of(columns), cancellationToken)) Add(keys.Of(row), row.Figures);
            if (!selection.HasEnrollments || by.Any(dimension => dimension is ReportDimension.Month or ReportDimension.Module)) continue;
            foreach (var row in await EnrollmentsAsync(selection, by, edition, places, RawColumns.Of(columns), cancellationToken)) Add(keys.Of(row), row.Figures);
        }
        return figures;

        void Add(CellKey key, Figures counts) => figures[key] = figures.GetValueOrDefault(key) + counts;
    }

    /// <summary>All of the selection; needed where its rows do not add up to it, since a session of two modules stands in two rows.</summary>
    public async Task<Figures> TotalAsync(ReportSelection selection, CancellationToken cancellationToken) =>
        (await ReadAsync(selection, [], cancellationToken)).Values.Aggregate(default(Figures), (sum, row) => sum + row);

    /// <summary>How many youths stand behind the whole selection, whatever month or module is asked for.</summary>
    public async Task<int> PopulationAsync(ReportSelection selection, CancellationToken cancellationToken) =>
        (await TotalAsync(selection with { By = [], From = null, To = null, Module = null }, cancellationToken)).Enrolled;

    /// <summary>Keys of the sites the caller may ask about and does; null for the whole country.</summary>
    public int[]? Places(ReportSelection selection, DirectorySnapshot directory) => caller.Scope.Nation
        ? selection.Sites(directory)
        : [.. directory.Sites.Where(site => caller.Scope.Covers(site.Id, site.RegionId) && selection.Includes(site)).Select(site => site.Id)];

    private async Task<List<RawRow>> MarksAsync(
        ReportSelection selection, IReadOnlyList<ReportDimension> by, Edition edition, int[]? places, RawColumns columns, CancellationToken cancellationToken)
    {
        var persons = selection.UsesPersons || by.Any(dimension => dimension.IsPerson());
        var groups = selection.Group is not null || by.Contains(ReportDimension.Group);
        var modules = selection.Module is not null || by.Contains(ReportDimension.Module);
        if ((persons ? 1 : 0) + (groups ? 1 : 0) + (modules ? 1 : 0) > 1)
            return await new TallyScan(db).ReadAsync(selection, edition, places, columns, persons, modules, cancellationToken);
        if (persons)
        {
            var cells = Of(db.Set<SiteCell>(), selection, edition, places);
            if (selection.Sex is { } sex) cells = cells.Where(row => row.Sex == sex);
            if (CohortsOf(selection, edition) is var (first, last)) cells = cells.Where(row => row.Cohort >= first && row.Cohort <= last);
            return await CellQueries.MarksAsync(cells, columns, cancellationToken);
        }
        if (groups)
        {
            var cells = Of(db.Set<GroupCell>(), selection, edition, places);
            if (selection.Group is { Id: var group }) cells = cells.Where(row => row.GroupId == group);
            return await CellQueries.SessionsAsync(cells, columns, cancellationToken);
        }
        if (modules)
        {
            var cells = Of(db.Set<ModuleCell>(), selection, edition, places);
            if (selection.Module is { Id: var module }) cells = cells.Where(row => row.ModuleId == module);
            return await CellQueries.SessionsAsync(cells, columns, cancellationToken);
        }
        return await CellQueries.SessionsAsync(Of(db.Set<MonthCell>(), selection, edition, places), columns, cancellationToken);
    }

    private async Task<List<RawRow>> EnrollmentsAsync(
        ReportSelection selection, IReadOnlyList<ReportDimension> by, Edition edition, int[]? places, RawColumns columns, CancellationToken cancellationToken)
    {
        var cohorts = CohortsOf(selection, edition);
        if (selection.Group is null && !by.Contains(ReportDimension.Group))
            return await CellQueries.EnrollmentsAsync(Of(db.Set<SiteEnrollmentCell>()), columns, cancellationToken);
        var cells = Of(db.Set<GroupEnrollmentCell>());
        if (selection.Group is { Id: var group }) cells = cells.Where(row => row.GroupId == group);
        return await CellQueries.EnrollmentsAsync(cells, columns, cancellationToken);

        IQueryable<TCell> Of<TCell>(IQueryable<TCell> rows)
            where TCell : EnrollmentCell
        {
            rows = rows.Where(row => row.EditionId == edition.Id);
            if (places is not null) rows = rows.Where(row => places.Contains(row.SiteId));
            if (selection.Sex is { } sex) rows = rows.Where(row => row.Sex == sex);
            if (cohorts is var (first, last)) rows = rows.Where(row => row.Cohort >= first && row.Cohort <= last);
            return rows;
        }
    }

    /// <summary>The cohorts asked for, first and last; null for all. Bands and categories both follow age, so theirs lie side by side.</summary>
    internal static (byte First, byte Last)? CohortsOf(ReportSelection selection, Edition edition)
    {
        if (selection.AgeBand is null && selection.Category is null) return null;
        var cohorts = new Cohorts(edition);
        var wanted = Enumerable.Range(0, cohorts.Count)
            .Where(cohort => (selection.AgeBand is null || cohorts.BandOf(cohort) == selection.AgeBand)
                && (selection.Category is null || cohorts.CategoryOf(cohort) == selection.Category))
            .ToArray();
        return wanted.Length == 0 ? (byte.MaxValue, byte.MinValue) : ((byte)wanted[0], (byte)wanted[^1]);
    }

    private static IQueryable<TCell> Of<TCell>(IQueryable<TCell> cells, ReportSelection selection, Edition edition, int[]? places)
        where TCell : AttendanceCell
    {
        cells = cells.Where(row => row.EditionId == edition.Id);
        if (places is not null) cells = cells.Where(row => places.Contains(row.SiteId));
        if (selection.From is { } from) cells = cells.Where(row => row.Month >= from);
        if (selection.To is { } to) cells = cells.Where(row => row.Month <= to);
        return cells;
    }

    /// <summary>The column that tells a dimension; null where the edition tells it.</summary>
    private static string? ColumnOf(ReportDimension dimension) => dimension switch
    {
        ReportDimension.Track or ReportDimension.Edition => null,
        ReportDimension.Group => nameof(GroupCell.GroupId),
        ReportDimension.Module => nameof(ModuleCell.ModuleId),
        ReportDimension.Month => nameof(AttendanceCell.Month),
        ReportDimension.Sex => nameof(SiteCell.Sex),
        ReportDimension.AgeBand or ReportDimension.Category => nameof(SiteCell.Cohort),
        _ => nameof(AttendanceCell.SiteId),
    };

    /// <summary>Turns a row of sums into the key of a report: sites fold into their region, cohorts into their band.</summary>
    private sealed class KeyMaker(
        IReadOnlyList<ReportDimension> by, string[] columns, Edition edition, Cohorts cohorts, DirectorySnapshot directory)
    {
        public CellKey Of(RawRow row)
        {
            Span<int> keys = stackalloc int[by.Count];
            for (var i = 0; i < keys.Length; i++) keys[i] = KeyOf(by[i], row);
            return CellKey.Of(keys);
        }

        private int KeyOf(ReportDimension dimension, RawRow row)
        {
            var raw = ColumnOf(dimension) is not { } column ? 0 : Array.IndexOf(columns, column) switch { 0 => row.First, 1 => row.Second, _ => row.Third };
            return dimension switch
            {
                ReportDimension.Track => (int)edition.Track,
                ReportDimension.Edition => edition.Id,
                ReportDimension.Region => directory.Site(raw).RegionId,
                ReportDimension.Province => directory.Site(raw).ProvinceId,
                ReportDimension.League => directory.Site(raw).LeagueId,
                ReportDimension.Setting => (int)directory.Site(raw).Setting,
                ReportDimension.AgeBand => (int)cohorts.BandOf(raw),
                ReportDimension.Category => cohorts.CategoryOf(raw)?.Number ?? 0,
                _ => raw,
            };
        }
    }
}
