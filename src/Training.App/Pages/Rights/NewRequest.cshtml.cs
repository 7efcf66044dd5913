using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Rights;
using Training.App.Pages.Shared;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Rights;

namespace Training.App.Pages.Rights;

/// <summary>Enters what a family asks for at the counter or by letter.</summary>
[Authorize(Policies.Coordinate)]
internal sealed class NewRequestModel(OpenRequest.Handler open, Texts texts, TimeProvider time) : FormPage
{
    [BindProperty(SupportsGet = true)]
    public string? Participant { get; set; }

    [BindProperty]
    public RightsKind? Kind { get; set; }

    [BindProperty]
    public RightsAsker Asker { get; set; } = RightsAsker.Guardian;

    [BindProperty]
    public string? Words { get; set; }

    [BindProperty]
    public DateOnly? ReceivedOn { get; set; }

    public void OnGet() => ReceivedOn = time.Today();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var opened = await open.HandleAsync(new OpenRequest.Request(Participant, Kind, Asker, Words, ReceivedOn), cancellationToken);
        if (opened.Succeeded) return RedirectToPage("/Rights/Request", new { id = opened.Value.Id, done = "saved" });
        Show(opened.Error, texts,
        [
            new FormPlace("participant", "Participant", "rights.participant"), new FormPlace("participantNotFound", "Participant"),
            new FormPlace("kind", "Kind", "rights.kindLabel", "Kind-first"), new FormPlace("words", "Words", "rights.words"),
            new FormPlace("receivedOn", "ReceivedOn", "rights.receivedOn"),
        ]);
        return Page();
    }
}
