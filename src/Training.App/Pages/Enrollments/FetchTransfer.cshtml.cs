using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Training.App.Modules.Enrollments;
using Training.App.Modules.Enrollments.Lifecycle;
using Training.App.Pages.Shared;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Pages.Enrollments;

/// <summary>Asks another site for a child whose family came here, by the code on its paper and the birth date.</summary>
[Authorize(Policies.Enroll)]
[EnableRateLimiting(RateLimits.Claims)]
internal sealed class FetchTransferModel(SiteOverview.Handler overview, FetchTransfer.Handler fetch, Texts texts) : FormPage
{
    private static readonly FormPlace[] Places =
    [
        new("participant", "Participant", "enrollments.fetch.code"),
        new("participantNotFound", "Participant"),
        new("birthDate", "BirthDate", "enrollments.register.birthDate", "BirthDate-day"),
        new("reason", "Reason", "enrollments.fetch.reason"),
    ];

    public Site Site { get; private set; } = null!;

    public Edition? Edition { get; private set; }

    [BindProperty]
    public string? Participant { get; set; }

    [BindProperty]
    public string? BirthDateDay { get; set; }

    [BindProperty]
    public string? BirthDateMonth { get; set; }

    [BindProperty]
    public string? BirthDateYear { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public bool MayWait { get; set; }

    public async Task<IActionResult> OnGetAsync(string? site, CancellationToken cancellationToken) =>
        await PrepareAsync(site, cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string? site, CancellationToken cancellationToken)
    {
        if (!await PrepareAsync(site, cancellationToken)) return NotFound();
        if (Edition is not { } edition) return Page();
        var birthDate = DateText.Parse($"{BirthDateDay}/{BirthDateMonth}/{BirthDateYear}", out var fault);
        var asked = await fetch.HandleAsync(
            new FetchTransfer.Request(Participant, birthDate, edition.Code, Site.Code, null, Reason, MayWait), cancellationToken);
        if (asked.Succeeded) return RedirectToPage("/Enrollments/Waiting", new { site = Site.Code });
        if (asked.Error.Code == "participantNotFound") Errors.Add("Participant", texts["enrollments.fetch.notFound"]);
        else Show(Explain(asked.Error, fault), texts, Places);
        return Page();
    }

    /// <summary>A date that was typed but does not exist is not "missing".</summary>
    private Error Explain(Error error, DateTextError fault)
    {
        if (error.Fields?.ContainsKey("birthDate") != true || fault == DateTextError.None || string.IsNullOrWhiteSpace(BirthDateDay + BirthDateMonth + BirthDateYear)) return error;
        return error with { Fields = new Dictionary<string, IReadOnlyList<FieldError>>(error.Fields) { ["birthDate"] = [new FieldError("impossibleDate")] } };
    }

    private async Task<bool> PrepareAsync(string? site, CancellationToken cancellationToken)
    {
        var found = await overview.HandleAsync(new SiteOverview.Request(site), cancellationToken);
        if (!found.Succeeded) return false;
        (Site, Edition) = (found.Value.Site, found.Value.Edition);
        return true;
    }
}
