using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Rights;
using Training.App.Pages.Shared;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Rights;

namespace Training.App.Pages.Families;

/// <summary>What is kept of a child: a copy to take away, and a request to put something right, which enters the register with its last day.</summary>
[Authorize(Policy = Policies.Family)]
internal sealed class DataModel(ListRequests.Handler requests, OpenRequest.Handler open, Texts texts) : FormPage
{
    /// <summary>Code of the child's file.</summary>
    public string Code { get; private set; } = "";

    /// <summary>What was asked for so far, the latest first.</summary>
    public IReadOnlyList<RequestItem> Requests { get; private set; } = [];

    /// <summary>What is to be put right.</summary>
    [BindProperty]
    public string? Words { get; set; }

    /// <summary>That it was taken, and until when it is answered.</summary>
    [TempData]
    public string? Said { get; set; }

    public async Task<IActionResult> OnGetAsync(string code, CancellationToken cancellationToken)
    {
        var found = await requests.OfChildAsync(code, cancellationToken);
        if (!found.Succeeded) return NotFound();
        (Code, Requests) = (code, found.Value.Items);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string code, CancellationToken cancellationToken)
    {
        var opened = await open.HandleAsync(new OpenRequest.Request(code, RightsKind.Correct, null, Words, null), cancellationToken);
        if (opened.Succeeded)
        {
            Said = texts["families.data.taken", MoroccanCalendar.ShortDate(opened.Value.DueOn)];
            return RedirectToPage(new { code });
        }
        if (opened.Error.Kind == ErrorKind.NotFound) return NotFound();
        Show(opened.Error, texts, [new FormPlace("words", "Words", "families.data.words"), new FormPlace("requestsWaiting", "Words")]);
        return await OnGetAsync(code, cancellationToken);
    }
}
