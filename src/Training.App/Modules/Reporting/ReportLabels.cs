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

/// <summary>One row to be: its key in the figures, its public key and its label in the caller's language, in the order of the report.</summary>
internal sealed record ReportRow(int Id, string Key, string Label);

/// <summary>Knows which rows a report has and what they are called.</summary>
internal sealed class ReportLabels(ReadDb db, Texts texts)
{
    private static bool InArabic => Languages.Current == "ar";

    /// <summary>The rows of a report, given the keys that have figures and the sites the caller may ask about.</summary>
    public async Task<IReadOnlyList<ReportRow>> RowsAsync(
        ReportSelection selection, DirectorySnapshot directory, IReadOnlyCollection<int> found, IReadOnlySet<int> regions,
        CancellationToken cancellationToken)
    {
        var known = found.ToHashSet();
        return selection.By switch
        {
            ReportBy.Region => [.. directory.Regions.Where(row => regions.Contains(row.Id) || known.Contains(row.Id))
                .Select(row => new ReportRow(row.Id, row.Code, Name(row.NameFr, row.NameAr)))],
            ReportBy.Province => [.. directory.Provinces.Where(row => known.Contains(row.Id))
                .Select(row => new ReportRow(row.Id, row.Code, Name(row.NameFr, row.NameAr)))],
            ReportBy.League => [.. directory.Leagues.Where(row => known.Contains(row.Id))
                .Select(row => new ReportRow(row.Id, row.Code, Name(row.NameFr, row.NameAr)))],
            ReportBy.Site => [.. directory.Sites.Where(row => known.Contains(row.Id)).Select(row => new ReportRow(row.Id, row.Code, Name(row.NameFr, row.NameAr)))],
            ReportBy.Group => await GroupsAsync(selection, directory, known, cancellationToken),
            ReportBy.Module => [.. directory.Modules(selection.Edition.Id).Where(row => selection.Module is null || row.Id == selection.Module.Id)
                .Select(row => new ReportRow(row.Id, row.Code, Name(row.NameFr, row.NameAr)))],
            ReportBy.Month => [.. known.Order().Select(month => new ReportRow(
                month, FormattableString.Invariant($"{month / 100:D4}-{month % 100:D2}"), MonthLabel(month)))],
            ReportBy.Sex => [.. new[] { Sex.Female, Sex.Male }.Where(sex => selection.Sex is null || sex == selection.Sex)
                .Select(sex => new ReportRow((int)sex, ReportSelection.JsonName(sex.ToString()), texts[$"reporting.sex{sex}"]))],
            ReportBy.AgeBand => [.. AgeBands.All.Where(band => selection.AgeBand is null || band == selection.AgeBand)
                .Select(band => new ReportRow((int)band, AgeBands.Code(band), BandLabel(band)))],
            _ => throw new ArgumentOutOfRangeException(nameof(selection)),
        };
    }

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

    private string BandLabel(AgeBand band) => Texts.WithFacts(
        texts["reporting.ageBand"], new Dictionary<string, object?> { ["from"] = AgeBands.From(band), ["to"] = AgeBands.To(band) });

    private static string Name(string french, string arabic) => InArabic ? arabic : french;

    private async Task<IReadOnlyList<ReportRow>> GroupsAsync(
        ReportSelection selection, DirectorySnapshot directory, HashSet<int> known, CancellationToken cancellationToken)
    {
        // The figures have passed the scope; a group's name is shown only where its figures are.
        var groups = await db.Set<Group>().Where(row => row.EditionId == selection.Edition.Id).ToListAsync(cancellationToken);
        return [.. groups.Where(row => known.Contains(row.Id))
            .Select(row => (Site: directory.Site(row.SiteId), Group: row))
            .OrderBy(pair => pair.Site.Code, StringComparer.Ordinal).ThenBy(pair => pair.Group.Name, StringComparer.Ordinal)
            .Select(pair => new ReportRow(
                pair.Group.Id,
                OpaqueId.Group(pair.Group.Id),
                selection.Site is null ? $"{Name(pair.Site.NameFr, pair.Site.NameAr)} · {pair.Group.Name}" : pair.Group.Name))];
    }
}
