using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Enrollments.Lifecycle;
using Training.App.Modules.Rights;
using Training.App.Pages.Shared;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Pages.Rights;

/// <summary>One request, and what carries it out.</summary>
[Authorize(Policies.Coordinate)]
internal sealed class RequestModel(
    ListRequests.Handler requests, AnswerRequest.Handler answers, EraseChild.Handler erasing, RecordConsent.Handler consents, Texts texts) : FormPage
{
    public RequestItem Asked { get; private set; } = null!;

    /// <summary>What was just done; null when the visitor comes from elsewhere.</summary>
    public string? Done { get; private set; }

    [BindProperty]
    public string? Answer { get; set; }

    [BindProperty]
    public bool? Granted { get; set; }

    [BindProperty]
    public int? Version { get; set; }

    /// <summary>The child's code, typed once more before it is erased.</summary>
    [BindProperty]
    public string? Confirm { get; set; }

    [BindProperty]
    public ConsentPurpose? Purpose { get; set; }

    public async Task<IActionResult> OnGetAsync(string id, string? done, CancellationToken cancellationToken)
    {
        var page = await ShowAsync(id, cancellationToken);
        if (done == "saved" && Asked is not null) Done = texts["rights.saved", RequestsModel.Day(Asked.DueOn)];
        return page;
    }

    public async Task<IActionResult> OnPostAnswerAsync(string id, CancellationToken cancellationToken)
    {
        var answered = await answers.HandleAsync(id, new AnswerRequest.Request(Granted, Answer, Version), cancellationToken);
        if (answered.Succeeded) return RedirectToPage(new { id });
        return await ShowAsync(id, answered.Error, cancellationToken);
    }

    public async Task<IActionResult> OnPostWithdrawAsync(string id, CancellationToken cancellationToken)
    {
        var found = await requests.GetAsync(id, cancellationToken);
        if (!found.Succeeded) return NotFound();
        var withdrawn = await consents.WithdrawAsync(found.Value.Participant, Purpose, cancellationToken);
        if (withdrawn.Succeeded) return RedirectToPage(new { id });
        return await ShowAsync(id, withdrawn.Error, cancellationToken);
    }

    public async Task<IActionResult> OnPostEraseAsync(string id, CancellationToken cancellationToken)
    {
        var erased = await erasing.HandleAsync(id, new EraseChild.Request(Confirm, null), cancellationToken);
        if (!erased.Succeeded) return await ShowAsync(id, erased.Error, cancellationToken);
        var number = (int count) => count.ToString(CultureInfo.InvariantCulture);
        Done = texts["rights.erased", number(erased.Value.Lists), number(erased.Value.Documents), number(erased.Value.Certificates)];
        return await ShowAsync(id, cancellationToken);
    }

    private Task<IActionResult> ShowAsync(string id, Error error, CancellationToken cancellationToken)
    {
        Show(error, texts, [new FormPlace("answer", "Answer", "rights.answer"), new FormPlace("confirm", "Confirm", "rights.confirm")]);
        return ShowAsync(id, cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(string id, CancellationToken cancellationToken)
    {
        var found = await requests.GetAsync(id, cancellationToken);
        if (!found.Succeeded) return NotFound();
        Asked = found.Value;
        return Page();
    }
}
