using Training.App.Platform.Directory;
using Training.Domain.Reporting;

namespace Training.App.Modules.Reporting;

/// <summary>
/// Which figures of an answer are withheld. A filter shows no more than the same split would: who asks for one site, one sex or one
/// month gets what stands in the row of it, so that nothing is found by subtracting one answer from another.
/// </summary>
internal sealed class ReportGuard(ReportFigures figures, DirectoryCatalog catalog, SmallCells cells)
{
    /// <summary>What is withheld of each row of which something is, and of the total.</summary>
    internal sealed record Withheld(IReadOnlyDictionary<CellKey, Measure[]> Rows, Measure[] Total);

    public async Task<Withheld> DecideAsync(
        ReportSelection selection, Dictionary<CellKey, Figures> rows, Figures total, int population, CancellationToken cancellationToken)
    {
        var directory = await catalog.SnapshotAsync(cancellationToken);
        var shown = new ShownFigures(cells, selection.HasEnrollments, population);
        var whole = shown.Add(total);
        IReadOnlyDictionary<CellKey, int> numbers;
        if (selection.By.Count == 2)
        {
            numbers = shown.Cross(rows, key => new CellKey(key.A), key => key.B, whole).Rows;
        }
        else
        {
            numbers = rows.ToDictionary(row => row.Key, row => shown.Add(row.Value));
            shown.Relate(whole, [.. numbers.Values]);
            if (selection.By[0] is ReportDimension.Site) RelateTo(site => directory.Site(site).ProvinceId);
            if (selection.By[0] is ReportDimension.Site) RelateTo(site => directory.Site(site).RegionId);
            if (selection.By[0] is ReportDimension.Province) RelateTo(province => directory.Province(province).RegionId);
        }
        foreach (var (axis, wider) in Filters(selection, directory))
            await WithholdAsync(shown, selection, wider, axis, numbers, whole, cancellationToken);
        shown.Settle();
        var few = numbers.Select(row => (row.Key, Measures: shown.Withheld(row.Value))).Where(row => row.Measures.Length > 0);
        return new Withheld(few.ToDictionary(row => row.Key, row => row.Measures), shown.Withheld(whole));

        // Places add up to the larger ones, which other answers show.
        void RelateTo(Func<int, int> parent)
        {
            foreach (var children in rows.Keys.GroupBy(key => parent(key.A)))
                shown.Relate(shown.Add(Sum(children.Select(key => rows[key]))), [.. children.Select(key => numbers[key])]);
        }
    }

    /// <summary>Each filter, with the selection that lacks it. Of places the narrowest, among those of its region.</summary>
    private static IEnumerable<(ReportDimension Axis, ReportSelection Wider)> Filters(ReportSelection selection, DirectorySnapshot directory)
    {
        if (selection.Sex is not null) yield return (ReportDimension.Sex, selection with { Sex = null });
        if (selection.AgeBand is not null) yield return (ReportDimension.AgeBand, selection with { AgeBand = null });
        if (selection.Category is not null) yield return (ReportDimension.Category, selection with { Category = null });
        if (selection.Module is not null) yield return (ReportDimension.Module, selection with { Module = null });
        if (selection.From is not null && selection.From == selection.To) yield return (ReportDimension.Month, selection with { From = null, To = null });
        if (selection.Group is { } group) yield return (ReportDimension.Group, selection with { Group = null, Site = directory.Site(group.SiteId) });
        if (selection.Site is { } site) yield return (ReportDimension.Site, Within(selection, directory, site.RegionId));
        else if (selection.Province is { } province) yield return (ReportDimension.Province, Within(selection, directory, province.RegionId));
        else if (selection.League is not null) yield return (ReportDimension.League, selection with { League = null });
        else if (selection.Region is not null) yield return (ReportDimension.Region, selection with { Region = null });
    }

    private static ReportSelection Within(ReportSelection selection, DirectorySnapshot directory, int region) =>
        selection with { Site = null, Province = null, League = null, Region = directory.Region(region) };

    private async Task WithholdAsync(
        ShownFigures shown, ReportSelection selection, ReportSelection wider, ReportDimension axis, IReadOnlyDictionary<CellKey, int> numbers, int whole,
        CancellationToken cancellationToken)
    {
        // Of places and groups only the total is compared: their rows are related to each other already.
        ReportDimension[] kept = axis.IsPlace() || axis == ReportDimension.Group
            ? [.. selection.By.Where(dimension => !dimension.IsPlace() && dimension != ReportDimension.Group)]
            : [.. selection.By.Where(dimension => dimension != axis)];
        var split = wider with { By = [.. kept, axis] };
        var table = await figures.ReadAsync(split, split.By, cancellationToken);
        var other = new ShownFigures(cells, split.HasEnrollments, int.MaxValue);
        var grid = other.Cross(table, Down, key => key[kept.Length], other.Add(Sum(table.Values)));
        other.Settle();
        var value = ValueOf(selection, axis);
        if (grid.Across.TryGetValue(value, out var slice)) shown.Withhold(whole, other.Withheld(slice));
        if (kept.Length < selection.By.Count) return;
        foreach (var (key, number) in numbers)
        {
            if (grid.Rows.TryGetValue(At(key), out var row)) shown.Withhold(number, other.Withheld(row));
        }

        CellKey Down(CellKey key) => kept.Length switch { 0 => default, 1 => new CellKey(key.A), _ => new CellKey(key.A, key.B) };

        CellKey At(CellKey key) => kept.Length switch { 0 => new CellKey(value), 1 => new CellKey(key.A, value), _ => new CellKey(key.A, key.B, value) };
    }

    private static int ValueOf(ReportSelection selection, ReportDimension axis) => axis switch
    {
        ReportDimension.Sex => (int)selection.Sex!.Value,
        ReportDimension.AgeBand => (int)selection.AgeBand!.Value,
        ReportDimension.Category => selection.Category!.Number,
        ReportDimension.Module => selection.Module!.Id,
        ReportDimension.Month => selection.From!.Value,
        ReportDimension.Group => selection.Group!.Id,
        ReportDimension.Site => selection.Site!.Id,
        ReportDimension.Province => selection.Province!.Id,
        ReportDimension.League => selection.League!.Id,
        ReportDimension.Region => selection.Region!.Id,
        _ => throw new ArgumentOutOfRangeException(nameof(axis)),
    };

    private static Figures Sum(IEnumerable<Figures> figures) => figures.Aggregate(default(Figures), (sum, row) => sum + row);
}
