using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Registry;
using Training.Domain.Reporting;

namespace Training.App.Modules.Reporting;

/// <summary>A value of a dimension: its key in the figures, its public key, and what it is called in the caller's language.</summary>
internal sealed record ReportName(int Id, string Key, string Label);

/// <summary>One row to be: its key in the figures, and its value in each dimension.</summary>
internal readonly record struct ReportRow(CellKey Id, ReportName First, ReportName? Second = null)
{
    /// <summary>The public key in each dimension.</summary>
    public string[] Keys => Second is null ? [First.Key] : [First.Key, Second.Key];

    /// <summary>What the row is called.</summary>
    public string Label => Second is null ? First.Label : $"{First.Label} · {Second.Label}";
}

/// <summary>Knows which rows a report has, in which order, and what they are called.</summary>
internal sealed class ReportLabels(ReadDb db, DirectoryCatalog catalog, Texts texts)
{
    /// <summary>The rows of a report, given the keys that have figures and the regions that stand there anyway.</summary>
    public async Task<IReadOnlyList<ReportRow>> RowsAsync(
        ReportSelection selection, IReadOnlySet<CellKey> found, IReadOnlySet<int> regions, CancellationToken cancellationToken)
    {
        var directory = await catalog.SnapshotAsync(cancellationToken);
        var first = await ValuesAsync(0);
        if (selection.By.Count == 1) return [.. first.Select(value => new ReportRow(new CellKey(value.Id), value))];
        var second = await ValuesAsync(1);
        return [.. from one in first
                   from other in second
                   let key = new CellKey(one.Id, other.Id)
                   where found.Contains(key)
                   select new ReportRow(key, one, other)];

        Task<IReadOnlyList<ReportName>> ValuesAsync(int axis) => ReadValuesAsync(
            selection, selection.By[axis], directory, found.Select(key => key[axis]).ToHashSet(), selection.By.Count == 1 ? regions : new HashSet<int>(), cancellationToken);
    }

    private async Task<IReadOnlyList<ReportName>> ReadValuesAsync(
        ReportSelection selection, ReportDimension dimension, DirectorySnapshot directory, HashSet<int> known, IReadOnlySet<int> regions,
        CancellationToken cancellationToken) => dimension switch
        {
            ReportDimension.Track => [.. Enum.GetValues<Track>().Where(track => known.Contains((int)track))
                .Select(track => new ReportName((int)track, ReportDimensions.JsonName(track.ToString()), texts[$"reporting.track{track}"]))],
            ReportDimension.Edition => [.. selection.Editions.Where(row => known.Contains(row.Id)).Select(row => new ReportName(row.Id, row.Code, Name(row.NameFr, row.NameAr)))],
            ReportDimension.Region => [.. directory.Regions.Where(row => regions.Contains(row.Id) || known.Contains(row.Id))
                .Select(row => new ReportName(row.Id, row.Code, Name(row.NameFr, row.NameAr)))],
            ReportDimension.Province => [.. directory.Provinces.Where(row => known.Contains(row.Id)).Select(row => new ReportName(row.Id, row.Code, Name(row.NameFr, row.NameAr)))],
            ReportDimension.League => [.. directory.Leagues.Where(row => known.Contains(row.Id)).Select(row => new ReportName(row.Id, row.Code, Name(row.NameFr, row.NameAr)))],
            ReportDimension.Setting => [.. new[] { SiteSetting.Urban, SiteSetting.Rural, SiteSetting.Unknown }.Where(setting => known.Contains((int)setting))
                .Select(setting => new ReportName((int)setting, ReportDimensions.JsonName(setting.ToString()), texts[$"reporting.setting{setting}"]))],
            ReportDimension.Site => [.. directory.Sites.Where(row => known.Contains(row.Id)).Select(row => new ReportName(row.Id, row.Code, Name(row.NameFr, row.NameAr)))],
            ReportDimension.Group => await GroupsAsync(selection, directory, known, cancellationToken),
            ReportDimension.Module => [.. directory.Modules(selection.Editions[0].Id).Where(row => known.Contains(row.Id) || (selection.By.Count == 1 && (selection.Module is null || row.Id == selection.Module.Id)))
                .Select(row => new ReportName(row.Id, row.Code, Name(row.NameFr, row.NameAr)))],
            ReportDimension.Month => [.. known.Order().Select(month => new ReportName(month, MonthKey(month), MonthLabel(month)))],
            ReportDimension.Sex => [.. new[] { Sex.Female, Sex.Male }.Where(sex => selection.Sex is null || sex == selection.Sex)
                .Select(sex => new ReportName((int)sex, ReportDimensions.JsonName(sex.ToString()), texts[$"reporting.sex{sex}"]))],
            ReportDimension.AgeBand => [.. AgeBands.All.Where(band => selection.AgeBand is null || band == selection.AgeBand)
                .Select(band => new ReportName((int)band, AgeBands.Code(band), BandLabel(band)))],
            ReportDimension.Category => [.. AgeCategory.All.Where(row => known.Contains(row.Number)).Select(row => new ReportName(row.Number, row.Code, CategoryLabel(row))),
                .. known.Contains(0) ? [new ReportName(0, "none", texts["reporting.categoryNone"])] : Array.Empty<ReportName>()],
            _ => throw new ArgumentOutOfRangeException(nameof(dimension)),
        };

    private static string MonthKey(int month) => FormattableString.Invariant($"{month / 100:D4}-{month % 100:D2}");

    /// <summary><c>octobre 2026</c> in the caller's language.</summary>
    private static string MonthLabel(int month)
    {
        var name = Languages.Current switch
        {
            "ar" => MoroccanCalendar.MonthName(month % 100, CalendarLanguage.Arabic),
            "fr" => MoroccanCalendar.MonthName(month % 100, CalendarLanguage.French),
            _ => CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month % 100),
        };
        return FormattableString.Invariant($"{name} {month / 100:D4}");
    }

    private static string CategoryLabel(AgeCategory category) => Languages.Current switch
    {
        "ar" when category.NameAr is { } name => $"{category.Code} · {name}",
        "fr" when category.NameFr is { } name => $"{category.Code} · {name}",
        _ => category.Code,
    };

    private string BandLabel(AgeBand band) => Texts.WithFacts(
        texts["reporting.ageBand"], new Dictionary<string, object?> { ["from"] = AgeBands.From(band), ["to"] = AgeBands.To(band) });

    private static string Name(string french, string arabic) => Languages.Current == "ar" ? arabic : french;

    private async Task<IReadOnlyList<ReportName>> GroupsAsync(
        ReportSelection selection, DirectorySnapshot directory, HashSet<int> known, CancellationToken cancellationToken)
    {
        // The figures have passed the scope; a group's name is shown only where its figures are.
        var editions = selection.Editions.Select(edition => edition.Id).ToArray();
        var groups = db.Set<Group>().Where(row => editions.Contains(row.EditionId));
        if (selection.Sites(directory) is { } sites) groups = groups.Where(row => sites.Contains(row.SiteId));
        var names = await groups.Select(row => new { row.Id, row.SiteId, row.Name }).ToListAsync(cancellationToken);
        return [.. names.Where(row => known.Contains(row.Id))
            .Select(row => (Site: directory.Site(row.SiteId), Group: row))
            .OrderBy(pair => pair.Site.Code, StringComparer.Ordinal).ThenBy(pair => pair.Group.Name, StringComparer.Ordinal).ThenBy(pair => pair.Group.Id)
            .Select(pair => new ReportName(
                pair.Group.Id,
                OpaqueId.Group(pair.Group.Id),
                selection.Site is null ? $"{Name(pair.Site.NameFr, pair.Site.NameAr)} · {pair.Group.Name}" : pair.Group.Name))];
    }
}
