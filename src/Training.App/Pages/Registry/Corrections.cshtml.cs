using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Registry.Corrections;
using Training.App.Platform.Http;

namespace Training.App.Pages.Registry;

/// <summary>Corrections that wait for a second look.</summary>
[Authorize(Policies.Coordinate)]
internal sealed class CorrectionsModel(ListCorrections.Handler list) : PageModel
{
    public IReadOnlyList<ListCorrections.Waiting> Waiting { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => Waiting = (await list.WaitingAsync(cancellationToken)).Items;
}
