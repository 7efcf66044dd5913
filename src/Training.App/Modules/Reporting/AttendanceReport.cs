using System.Text.Json.Serialization;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;

namespace Training.App.Modules.Reporting;

/// <summary>Enrollment, attendance and certificates by place, time or who the youths are; within the caller's perimeter.</summary>
internal static class AttendanceReport
{
    /// <param name="AsOf">When the figures last changed.</param>
    /// <param name="Completeness">How many of the sessions that should be closed are.</param>
    /// <param name="Restated">What was told as closed and has been changed since; null when nothing was.</param>
    /// <param name="Total">All of the selection.</param>
    /// <param name="Items">The rows.</param>
    internal sealed record Response(DateTimeOffset AsOf, Completeness Completeness, ReportBooks.Restated? Restated, Item Total, IReadOnlyList<Item> Items)
    {
        /// <summary>Cursor of the next part; null at the end.</summary>
        public string? Next { get; init; }
    }

    /// <param name="Closed">Closed sessions.</param>
    /// <param name="Expected">Closed ones, and open ones whose day has passed.</param>
    internal sealed record Completeness(int Closed, int Expected);

    /// <summary>A row; a figure is null where it does not exist for the row, or is withheld (then <paramref name="Suppressed"/>).</summary>
    /// <param name="Key">The row's key; of two dimensions with a slash between.</param>
    /// <param name="Label">What it is called.</param>
    /// <param name="Keys">The key of each dimension.</param>
    /// <param name="Target">Youths to enroll.</param>
    /// <param name="Enrolled">Youths with a place.</param>
    /// <param name="Completed">Completion certificates that stand.</param>
    /// <param name="Certificates">Certificates issued.</param>
    /// <param name="Marked">Marks of any kind.</param>
    /// <param name="Present">Marks present or late.</param>
    /// <param name="Rate">Present by marked.</param>
    /// <param name="Suppressed">True when a figure is withheld.</param>
    internal sealed record Item(
        string Key, string Label, IReadOnlyDictionary<string, string> Keys, int? Target, int? Enrolled, int? Completed, int? Certificates,
        int? Marked, int? Present, double? Rate, bool Suppressed)
    {
        /// <summary>Youths with a place and consent.</summary>
        public int? Active { get; init; }

        /// <summary>Youths with a place whose consent is missing.</summary>
        public int? ConsentsMissing { get; init; }

        /// <summary>Youths on the waiting list.</summary>
        public int? Waiting { get; init; }

        /// <summary>Enrollments that ended.</summary>
        public int? Withdrawn { get; init; }

        /// <summary>Girls with a place.</summary>
        public int? Girls { get; init; }

        /// <summary>Girls by enrolled.</summary>
        public double? GirlsShare { get; init; }

        /// <summary>The sessions; null where rows are split by who the youths are.</summary>
        public SessionFigures? Sessions { get; init; }

        /// <summary>What is withheld, for files and pages; others see it by the nulls.</summary>
        [JsonIgnore]
        public IReadOnlyList<Measure> Withheld { get; init; } = [];

        /// <summary>The marks by kind.</summary>
        public required MarkFigures Marks { get; init; }
    }

    /// <param name="Planned">Sessions that are not cancelled.</param>
    /// <param name="Held">Sessions with marks, or closed.</param>
    /// <param name="Closed">Closed sessions.</param>
    /// <param name="Hours">Hours of the sessions held.</param>
    internal sealed record SessionFigures(int Planned, int Held, int Closed, double Hours);

    /// <summary>Null where withheld.</summary>
    internal sealed record MarkFigures(int? Present, int? Late, int? Excused, int? Absent);

    internal sealed class Handler(
        DirectoryCatalog catalog, ReadReport reader, ReportFigures figures, ReportBooks books, ReportGuard guard, ReportLabels labels,
        ReportMemory memory, Caller caller, Texts texts)
    {
        public async Task<Result<Response>> HandleAsync(ReportRequest request, CancellationToken cancellationToken)
        {
            var read = await reader.ReadAsync(request, cancellationToken);
            return read.Succeeded ? await AnswerAsync(request, read.Value, await StateAsync(read.Value, cancellationToken), cancellationToken) : read.Error;
        }

        /// <summary>The rows of a question, and the same by month: how far both can be relied on is read once.</summary>
        public async Task<Result<(ReportSelection Selection, Response Rows, IReadOnlyList<Item> Months)>> WithMonthsAsync(
            ReportRequest request, CancellationToken cancellationToken)
        {
            var monthly = request with { By = ReportDimension.Month.Name() };
            var (read, months) = (await reader.ReadAsync(request, cancellationToken), await reader.ReadAsync(monthly, cancellationToken));
            if (!read.Succeeded) return read.Error;
            if (!months.Succeeded) return months.Error;
            var now = await StateAsync(read.Value, cancellationToken);
            var rows = await AnswerAsync(request, read.Value, now, cancellationToken);
            var byMonth = request.By == monthly.By ? rows : await AnswerAsync(monthly, months.Value, now, cancellationToken);
            return (read.Value, rows, byMonth.Items);
        }

        private async Task<ReportBooks.State> StateAsync(ReportSelection selection, CancellationToken cancellationToken) =>
            await books.ReadAsync(selection, figures.Places(selection, await catalog.SnapshotAsync(cancellationToken)), cancellationToken);

        private async Task<Response> AnswerAsync(ReportRequest request, ReportSelection selection, ReportBooks.State now, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var report = await memory.ReportAsync(
                caller.Scope, request, now.Revision, directory, () => CountAsync(selection, directory, cancellationToken));
            var closed = report.Completeness.Closed;
            return report with { AsOf = now.AsOf, Completeness = new Completeness(closed, closed + now.Overdue), Restated = now.Restated };
        }

        /// <summary>Counts the rows; how old and how complete they are is not said yet.</summary>
        private async Task<Response> CountAsync(ReportSelection selection, DirectorySnapshot directory, CancellationToken cancellationToken)
        {
            var targets = new ReportTargets(selection, directory, caller.Scope);
            var found = await figures.ReadAsync(selection, selection.By, cancellationToken);
            var rows = await labels.RowsAsync(selection, found.Where(row => row.Value != default).Select(row => row.Key).ToHashSet(), targets.Regions, cancellationToken);
            var total = selection.By.Contains(ReportDimension.Module) // A session of two modules stands in two rows.
                ? await figures.TotalAsync(selection with { By = [ReportDimension.Region] }, cancellationToken)
                : found.Values.Aggregate(default(Figures), (sum, row) => sum + row);
            var population = selection.HasEnrollments ? total.Enrolled : await figures.PopulationAsync(selection, cancellationToken);
            var withheld = await guard.DecideAsync(selection, found, total, population, cancellationToken);
            var closed = selection.HasSessions ? total.Closed : (await figures.TotalAsync(WithoutPersons(selection), cancellationToken)).Closed;
            return new Response(
                default, new Completeness(closed, closed), null,
                new ReportItem(selection, total, withheld.Total).Write(["total"], texts["reporting.total"], targets.Whole),
                new ReportRows(selection, rows, found, withheld.Rows, targets));
        }

        private static ReportSelection WithoutPersons(ReportSelection selection) => selection with { By = [], Sex = null, AgeBand = null, Category = null };
    }
}
