using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Attendance.Tournaments;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;

namespace Training.App.Pages.Attendance;

/// <summary>The tournaments of the caller's region.</summary>
[Authorize(Policy = Policies.Enroll)]
internal sealed class TournamentsModel(ListTournaments.Handler tournaments, DirectoryCatalog catalog, Caller caller) : PageModel
{
    public IReadOnlyList<ListTournaments.Item> Items { get; private set; } = [];

    public DirectorySnapshot Directory { get; private set; } = null!;

    /// <summary>True for whoever may open one.</summary>
    public bool Coordinates => caller.Coordinates;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Directory = await catalog.SnapshotAsync(cancellationToken);
        Items = (await tournaments.HandleAsync(cancellationToken)).Value.Items;
    }
}
