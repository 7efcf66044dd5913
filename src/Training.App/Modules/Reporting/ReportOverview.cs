using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Reporting;

namespace Training.App.Modules.Reporting;

/// <summary>
/// The page of figures at one place: the nation by region, a region by site, a site by group, a group by month; with the months beside
/// it and what is needed to draw both. For the page only; the API has <see cref="AttendanceReport"/>.
/// </summary>
internal static class ReportOverview
{
    /// <param name="Edition">Edition code; null for the first one.</param>
    /// <param name="Region">Region code to drill into; null for the whole perimeter.</param>
    /// <param name="Site">Site code to drill into.</param>
    /// <param name="Group">Group id to drill into.</param>
    /// <param name="Sex">Only girls or only boys.</param>
    /// <param name="AgeBand">Only one band of age.</param>
    internal sealed record Request(
        string? Edition, string? Region = null, string? Site = null, string? Group = null, string? Sex = null, string? AgeBand = null);

    /// <param name="Edition">The edition shown.</param>
    /// <param name="By">What the rows stand for.</param>
    /// <param name="Region">The region drilled into.</param>
    /// <param name="Site">The site drilled into.</param>
    /// <param name="Group">Name of the group drilled into.</param>
    /// <param name="Report">The rows with their age and completeness.</param>
    /// <param name="Months">A row a month, oldest first.</param>
    /// <param name="Bars">The chart, in the order of the rows.</param>
    /// <param name="Pace">Where enrollment should be and would arrive; null where there is no target.</param>
    /// <param name="Query">The question as an address has it, without its rows.</param>
    internal sealed record Response(
        Edition Edition, ReportDimension By, Region? Region, Site? Site, string? Group, AttendanceReport.Response Report,
        IReadOnlyList<AttendanceReport.Item> Months, IReadOnlyList<Bar> Bars, Pace? Pace, string Query)
    {
        /// <summary>Where the same rows are a file.</summary>
        public string FileAddress(string ending) => $"/api/reports/attendance.{ending}?{Query}&by={By.Name()}";
    }

    /// <summary>One bar; lengths are shares (0 to 1) of the longest of the chart.</summary>
    /// <param name="Key">The row's key.</param>
    /// <param name="Label">The row's label.</param>
    /// <param name="Enrolled">Youths enrolled; null when withheld.</param>
    /// <param name="Target">The target; null when there is none.</param>
    /// <param name="EnrolledShare">Length of the bar; null when withheld.</param>
    /// <param name="TargetShare">Where the mark of the target stands; null when there is none.</param>
    /// <param name="DueShare">Where the pace stands today; null when there is no target.</param>
    internal sealed record Bar(string Key, string Label, int? Enrolled, int? Target, double? EnrolledShare, double? TargetShare, double? DueShare);

    internal sealed class Handler(AttendanceReport.Handler report, DirectoryCatalog catalog, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var edition = string.IsNullOrWhiteSpace(request.Edition) ? directory.Editions[0].Code : request.Edition;
            var by = LevelOf(request);
            var question = new ReportRequest
            {
                Edition = edition, By = by.Name(), Region = request.Region, Site = request.Site, Group = request.Group, Sex = request.Sex, AgeBand = request.AgeBand,
            };
            var found = await report.WithMonthsAsync(question, cancellationToken);
            if (!found.Succeeded) return found.Error;
            var (selection, rows, months) = found.Value;
            var at = selection.Site ?? (selection.Group is { } group ? directory.Site(group.SiteId) : null);
            var shown = selection.Editions[0];
            return new Response(
                shown, by, selection.Region ?? (at is null ? null : directory.Region(at.RegionId)), at, selection.Group?.Name,
                rows, months, Bars(rows.Items, shown),
                rows.Total is { Target: { } target, Enrolled: { } enrolled } ? Pace.Of(target, enrolled, shown.StartsOn, shown.EndsOn, time.Today()) : null,
                QueryOf(question));
        }

        private Bar[] Bars(IReadOnlyList<AttendanceReport.Item> rows, Edition edition)
        {
            var longest = Math.Max(1, rows.Max(row => (int?)Math.Max(row.Enrolled ?? 0, row.Target ?? 0)) ?? 0);
            return [.. rows.Select(row => new Bar(
                row.Key, row.Label, row.Enrolled, row.Target, (double?)row.Enrolled / longest, (double?)row.Target / longest,
                row.Target is { } target ? (double)Pace.Of(target, 0, edition.StartsOn, edition.EndsOn, time.Today()).Due / longest : null))];
        }

        private static ReportDimension LevelOf(Request request) => request switch
        {
            { Group.Length: > 0 } => ReportDimension.Month,
            { Site.Length: > 0 } => ReportDimension.Group,
            { Region.Length: > 0 } => ReportDimension.Site,
            _ => ReportDimension.Region,
        };

        private static string QueryOf(ReportRequest question) => string.Join('&', new[]
        {
            ("edition", question.Edition), ("region", question.Region), ("site", question.Site), ("group", question.Group), ("sex", question.Sex),
            ("ageBand", question.AgeBand),
        }.Where(entry => !string.IsNullOrWhiteSpace(entry.Item2)).Select(entry => $"{entry.Item1}={Uri.EscapeDataString(entry.Item2!)}"));
    }
}
