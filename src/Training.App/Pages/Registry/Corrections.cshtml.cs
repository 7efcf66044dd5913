using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Registry.Corrections;
using Training.App.Platform.Http;

namespace Training.App.Pages.Registry;

/// <summary>Corrections that wait for a second look.</summary>
[Authorize(Policies.Coordinate)]
internal sealed class CorrectionsModel(ListCorrections.Handler list) : PageModel
{
    public ItemList<ListCorrections.Waiting> Waiting { get; private set; } = new([], null);

    public async Task<IActionResult> OnGetAsync(string? cursor, CancellationToken cancellationToken)
    {
        var found = await list.WaitingAsync(cursor, cancellationToken);
        if (!found.Succeeded) return Redirect("/corrections"); // The one it went on from is gone.
        Waiting = found.Value;
        return Page();
    }
}
