using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Modules.Reporting;

/// <summary>
/// The page of figures: tiles, a row a region (or a site of the region asked for), and what a bar chart of enrollment against
/// target needs. For the page only; the API has <see cref="AttendanceReport"/>.
/// </summary>
internal static class NationalReport
{
    /// <param name="Edition">Edition code; null for the first one.</param>
    /// <param name="Region">Region code to drill into; null for the whole perimeter.</param>
    internal sealed record Request(string? Edition, string? Region);

    /// <param name="Edition">The edition shown.</param>
    /// <param name="EditionName">Its name in the caller's language.</param>
    /// <param name="Editions">Every edition to choose from, by code and name.</param>
    /// <param name="Region">The region drilled into; null for the whole perimeter.</param>
    /// <param name="AsOf">When the figures last changed.</param>
    /// <param name="Closed">Closed sessions.</param>
    /// <param name="Expected">Closed ones, and open ones whose day has passed.</param>
    /// <param name="Total">All of it; figures are null where they are withheld.</param>
    /// <param name="Rows">A row a region, or a site of the region asked for.</param>
    /// <param name="Bars">The chart, in the order of the rows.</param>
    /// <param name="CsvAddress">Where the same rows are a file.</param>
    internal sealed record Response(
        string Edition, string EditionName, IReadOnlyList<Choice> Editions, Choice? Region, DateTimeOffset AsOf, int Closed, int Expected,
        AttendanceReport.Item Total, IReadOnlyList<AttendanceReport.Item> Rows, IReadOnlyList<Bar> Bars, string CsvAddress);

    internal sealed record Choice(string Code, string Name);

    /// <summary>One bar; widths are shares (0 to 1) of the longest bar of the chart.</summary>
    /// <param name="Key">The row's key.</param>
    /// <param name="Label">The row's label.</param>
    /// <param name="Enrolled">Youths enrolled; null when withheld.</param>
    /// <param name="Target">The target; null when there is none.</param>
    /// <param name="EnrolledShare">Length of the bar; null when withheld.</param>
    /// <param name="TargetShare">Where the mark of the target stands; null when there is none.</param>
    internal sealed record Bar(string Key, string Label, int? Enrolled, int? Target, double? EnrolledShare, double? TargetShare);

    internal sealed class Handler(AttendanceReport.Handler report, DirectoryCatalog catalog)
    {
        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var edition = string.IsNullOrWhiteSpace(request.Edition) ? directory.Editions[0].Code : request.Edition;
            var by = string.IsNullOrWhiteSpace(request.Region) ? "region" : "site";
            var read = await report.HandleAsync(new ReportRequest(edition, by, request.Region), cancellationToken);
            if (!read.Succeeded) return read.Error;

            var (asOf, completeness, total, rows) = read.Value;
            var shown = directory.FindEdition(edition)!;
            var region = directory.FindRegion(request.Region);
            return new Response(
                shown.Code,
                NameOf(shown),
                [.. directory.Editions.Select(row => new Choice(row.Code, NameOf(row)))],
                region is null ? null : new Choice(region.Code, Languages.Current == "ar" ? region.NameAr : region.NameFr),
                asOf, completeness.Closed, completeness.Expected, total, rows, Bars(rows),
                $"/api/reports/attendance.csv?edition={Uri.EscapeDataString(shown.Code)}&by={by}"
                    + (region is null ? "" : $"&region={Uri.EscapeDataString(region.Code)}"));
        }

        private static Bar[] Bars(IReadOnlyList<AttendanceReport.Item> rows)
        {
            var longest = Math.Max(1, rows.Max(row => (int?)Math.Max(row.Enrolled ?? 0, row.Target ?? 0)) ?? 0);
            return [.. rows.Select(row => new Bar(
                row.Key, row.Label, row.Enrolled, row.Target, (double?)row.Enrolled / longest, (double?)row.Target / longest))];
        }

        private static string NameOf(Edition edition) => Languages.Current == "ar" ? edition.NameAr : edition.NameFr;
    }
}
