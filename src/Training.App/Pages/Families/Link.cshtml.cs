using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Training.App.Modules.Families;
using Training.App.Platform.Http;

namespace Training.App.Pages.Families;

/// <summary>Where a personal link leads. Only the button does something: messengers look at links before people do.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Claims)]
internal sealed class LinkModel(OpenPersonalLink.Handler open) : PageModel
{
    /// <summary>True when the link opens nothing.</summary>
    public bool Over { get; private set; }

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken cancellationToken)
    {
        var opened = await open.HandleAsync(token, cancellationToken);
        if (opened.Succeeded)
        {
            TempData[CodeModel.TicketKey] = opened.Value.Ticket;
            return Redirect("/family/code");
        }
        Over = true;
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}
