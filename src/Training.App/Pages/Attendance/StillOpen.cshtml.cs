using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Attendance;
using Training.App.Platform.Http;

namespace Training.App.Pages.Attendance;

/// <summary>Past sessions still open, by region and site: figures and sites, no child.</summary>
[Authorize(Policy = Policies.Report)]
internal sealed class StillOpenModel(CountOpenSessions.Handler count) : PageModel
{
    public CountOpenSessions.Response Found { get; private set; } = null!;

    public IReadOnlyList<CountOpenSessions.Item> Regions { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string? region, string? edition, CancellationToken cancellationToken)
    {
        var bySite = await count.HandleAsync(new CountOpenSessions.Request("site", edition, region), cancellationToken);
        if (!bySite.Succeeded) return NotFound();
        Found = bySite.Value;
        if (string.IsNullOrEmpty(region)) Regions = (await count.HandleAsync(new CountOpenSessions.Request("region", edition, null), cancellationToken)).Value.Items;
        return Page();
    }
}
