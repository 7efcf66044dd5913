using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Certificates;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;

namespace Training.App.Pages.Certificates;

/// <summary>Certificates that wait for two people: asked to be revoked, or no longer earned after a correction.</summary>
[Authorize(Policies.Coordinate)]
internal sealed class DecideModel(ListRevocations.Handler list, DirectoryCatalog catalog) : PageModel
{
    public ItemList<ListRevocations.Item> Found { get; private set; } = new([], null);

    public DirectorySnapshot Directory { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string? cursor, CancellationToken cancellationToken)
    {
        var found = await list.HandleAsync(cursor, cancellationToken);
        if (!found.Succeeded) return NotFound();
        (Found, Directory) = (found.Value, await catalog.SnapshotAsync(cancellationToken));
        return Page();
    }
}
