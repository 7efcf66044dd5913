using Training.App.Modules.Attendance;
using Training.App.Modules.Registry.Duplicates;
using Training.App.Modules.Reporting;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Access;

namespace Training.App.Pages.Reporting;

/// <summary>One thing that waits for somebody.</summary>
/// <param name="Text">What.</param>
/// <param name="Count">How much of it.</param>
/// <param name="Address">Where it is done; null where the caller has no part in it.</param>
internal sealed record WorkLine(string Text, int Count, string? Address);

/// <summary>
/// What waits for somebody behind the figures shown, each with the page on which it is done. Lists that lead to children are counted for
/// those alone who may open them.
/// </summary>
internal sealed class ReportWork(
    ListHeldMarks.Handler held, ListAbsences.Handler absences, CountDuplicates.Handler duplicates, ReportMemory memory, Caller caller, Texts texts)
{
    /// <summary>Places named with their missing consents: what can be called on one morning.</summary>
    private const int PlacesMax = 5;

    public async Task<IReadOnlyList<WorkLine>> ReadAsync(ReportOverview.Response overview, CancellationToken cancellationToken)
    {
        var (report, region) = (overview.Report, overview.Region is { } one ? $"&region={one.Code}" : "");
        var keepsLists = caller.Is(Role.Coach, Role.Facilitator, Role.Coordinator);
        var lines = new List<WorkLine>
        {
            new(texts["reporting.page.workOpen"], report.Completeness.Expected - report.Completeness.Closed, $"/sessions/open?edition={Uri.EscapeDataString(overview.Edition.Code)}{region}"),
            new(texts["reporting.page.workConsents"], report.Total.ConsentsMissing ?? 0, keepsLists && overview.Site is { } at ? $"/coach/{at.Code}" : null),
        };
        if (overview.By is ReportDimension.Region or ReportDimension.Site)
        {
            lines.AddRange(report.Items.Where(row => row.ConsentsMissing > 0).OrderByDescending(row => row.ConsentsMissing).Take(PlacesMax)
                .Select(row => new WorkLine(texts["reporting.page.workConsentsAt", row.Label], row.ConsentsMissing!.Value, PlaceOf(overview, row, keepsLists))));
        }
        if (keepsLists) lines.Add(await ConflictsAsync(overview.Site?.Code, cancellationToken));
        if (keepsLists && overview.Site is { } site) lines.Add(await AbsencesAsync(site, cancellationToken));
        if (caller.Is(Role.Coordinator, Role.Directorate) && overview.Site is null)
            lines.Add(new WorkLine(texts["reporting.page.workDuplicates"], await memory.CountAsync(caller.Scope, "duplicates", () => duplicates.HandleAsync(cancellationToken)), "/duplicates"));
        return [.. lines.Where(line => line.Count > 0)];
    }

    private async Task<WorkLine> ConflictsAsync(string? site, CancellationToken cancellationToken)
    {
        var found = await held.HandleAsync(new ListHeldMarks.Request(null, site), cancellationToken);
        return new WorkLine(texts["reporting.page.workConflicts"], found.Succeeded ? found.Value.Items.Count : 0, "/conflicts");
    }

    private async Task<WorkLine> AbsencesAsync(Domain.Directory.Site site, CancellationToken cancellationToken)
    {
        var count = await memory.CountAsync(caller.Scope, $"absences {site.Code}", async () =>
            await absences.HandleAsync(new ListAbsences.Request(site.Code), cancellationToken) is { Succeeded: true, Value: var found } ? found.Items.Count : 0);
        return new WorkLine(texts["reporting.page.workAbsences"], count, $"/absences?site={Uri.EscapeDataString(site.Code)}");
    }

    /// <summary>The list of the place for who keeps it; its figures for who calls whoever does.</summary>
    private static string PlaceOf(ReportOverview.Response overview, AttendanceReport.Item row, bool keepsLists)
    {
        var edition = $"/reports?edition={Uri.EscapeDataString(overview.Edition.Code)}";
        if (overview.By == ReportDimension.Region) return $"{edition}&region={row.Key}";
        return keepsLists ? $"/coach/{row.Key}" : $"{edition}{(overview.Region is { } region ? $"&region={region.Code}" : "")}&site={row.Key}";
    }
}
