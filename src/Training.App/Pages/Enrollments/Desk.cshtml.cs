using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Enrollments.Lifecycle;
using Training.App.Modules.Registry.Corrections;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;

namespace Training.App.Pages.Enrollments;

/// <summary>Where a coordinator's day starts: what waits, and where.</summary>
[Authorize(Policies.Coordinate)]
[Authorize(Policies.Enroll)]
internal sealed class DeskModel(DeskOverview.Handler overview, ListCorrections.Handler corrections, DirectoryCatalog catalog) : PageModel
{
    public DeskOverview.Response Desk { get; private set; } = null!;

    /// <summary>Corrections that wait for the caller's second look.</summary>
    public int CorrectionsWaiting { get; private set; }

    public DirectorySnapshot Directory { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Desk = await overview.HandleAsync(cancellationToken);
        CorrectionsWaiting = await corrections.CountAsync(cancellationToken);
        Directory = await catalog.SnapshotAsync(cancellationToken);
    }
}
