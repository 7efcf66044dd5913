using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Rights;
using Training.App.Platform.Http;

namespace Training.App.Pages.Rights;

/// <summary>The register of what families ask for, by the day for the answer.</summary>
[Authorize(Policies.Coordinate)]
internal sealed class RequestsModel(ListRequests.Handler list) : PageModel
{
    /// <summary>True for those that were answered.</summary>
    public bool Answered { get; private set; }

    public ItemList<RequestItem> Found { get; private set; } = new([], null);

    public async Task<IActionResult> OnGetAsync(bool answered, string? cursor, CancellationToken cancellationToken)
    {
        Answered = answered;
        var found = await list.ListAsync(answered, cursor, cancellationToken);
        if (!found.Succeeded) return NotFound();
        Found = found.Value;
        return Page();
    }

    /// <summary>The stable word of a value.</summary>
    public static string Low(Enum value) => char.ToLowerInvariant(value.ToString()[0]) + value.ToString()[1..];

    /// <summary>A day as people write it.</summary>
    public static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
