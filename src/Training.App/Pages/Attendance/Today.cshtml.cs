using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Attendance;
using Training.App.Pages.Shared;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Domain.Attendance;

namespace Training.App.Pages.Attendance;

/// <summary>The day of whoever keeps attendance: what to hold today, and what is past but still open.</summary>
[Authorize(Policy = Policies.Enroll)]
internal sealed class TodayModel(ListSessions.Handler sessions, DirectoryCatalog catalog, Caller caller, TimeProvider time) : PageModel
{
    private const int DaysAhead = 7;

    public DirectorySnapshot Directory { get; private set; } = null!;

    public DateOnly Day { get; private set; }

    public IReadOnlyList<ListSessions.Item> Sessions { get; private set; } = [];

    /// <summary>Past and still open, the oldest first.</summary>
    public IReadOnlyList<ListSessions.Item> Open { get; private set; } = [];

    /// <summary>The days to come, the nearest first.</summary>
    public IReadOnlyList<ListSessions.Item> Ahead { get; private set; } = [];

    /// <summary>The only site of the caller; null when there are several, and each session names its own.</summary>
    public string? Site { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Day = time.Today();
        Directory = await catalog.SnapshotAsync(cancellationToken);
        if (caller.Scope is { Nation: false, Regions: [], Sites: [var site] }) Site = Directory.Site(site).Name();
        Sessions = await ListAsync(Day, Day, null, cancellationToken);
        Open = await ListAsync(null, Day.AddDays(-1), SessionStatus.Open, cancellationToken);
        Ahead = await ListAsync(Day.AddDays(1), Day.AddDays(DaysAhead), SessionStatus.Open, cancellationToken);
    }

    private async Task<IReadOnlyList<ListSessions.Item>> ListAsync(
        DateOnly? from, DateOnly? to, SessionStatus? status, CancellationToken cancellationToken)
    {
        var found = await sessions.HandleAsync(new ListSessions.Request(null, null, from, to, status), cancellationToken);
        return [.. found.Value.Items.Where(session => session.Status != SessionStatus.Cancelled).Reverse()];
    }
}
