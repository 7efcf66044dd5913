using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore.Storage;
using Training.App.Pages.Shared;
using Training.Data.Writing;

namespace Training.App.Pages;

/// <summary>
/// Stands in for a page that cannot be shown. It is run again in place of any request, whatever its method and its form, so it
/// asks for no antiforgery token and does not read a body that may be half consumed.
/// </summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[StreamedForm]
internal sealed class ErrorModel : PageModel
{
    /// <summary>The status there are words for.</summary>
    public int Known { get; private set; }

    /// <summary>What to quote when asking for help; null when the fault is not ours.</summary>
    public string? Trace { get; private set; }

    public void OnGet([FromRoute] int status) => Show(status);

    public void OnPost([FromRoute] int status) => Show(status);

    private void Show(int status)
    {
        status = HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error switch
        {
            GateBusyException or StorageAwayException or RetryLimitExceededException => StatusCodes.Status503ServiceUnavailable,
            BadHttpRequestException unreadable => unreadable.StatusCode,
            _ => status,
        };
        Known = status switch
        {
            400 or 403 or 404 or 413 or 429 or 503 => status,
            >= 500 => 500,
            _ => 404,
        };
        Response.StatusCode = status is >= 400 and <= 599 ? status : Known;
        if (Known == 503) Response.Headers.RetryAfter = "1";
        if (Known == 500) Trace = HttpContext.TraceIdentifier;
    }
}
