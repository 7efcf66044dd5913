using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Registry;
using Training.App.Platform.Http;

namespace Training.App.Pages.Registry;

/// <summary>Who read a child's file, for whoever answers the family's question.</summary>
[Authorize(Policies.Coordinate)]
internal sealed class ReadingsModel(ListReadings.Handler list) : PageModel
{
    public string Code { get; private set; } = "";

    public ListReadings.Response Found { get; private set; } = new([], null);

    public async Task<IActionResult> OnGetAsync(string code, string? cursor, CancellationToken cancellationToken)
    {
        var found = await list.HandleAsync(code, cursor, cancellationToken);
        if (!found.Succeeded) return NotFound();
        (Code, Found) = (code, found.Value);
        return Page();
    }
}
