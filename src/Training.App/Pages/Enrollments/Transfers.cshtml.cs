using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Enrollments.Lifecycle;
using Training.App.Pages.Shared;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;

namespace Training.App.Pages.Enrollments;

/// <summary>Transfers between all sites the visitor covers; who covers both sides answers for either.</summary>
[Authorize(Policies.Enroll)]
internal sealed class TransfersModel(ListTransfers.Handler transfers, AnswerTransfer.Handler answers, DirectoryCatalog catalog, Texts texts) : FormPage
{
    public TransferList List { get; private set; } = null!;

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => ShowAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(string? act, string? transfer, int? version, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid) return BadRequest();
        var refusal = await TransferList.AnswerAsync(answers, act, transfer, version, cancellationToken);
        if (refusal is null) return RedirectToPage();
        if (refusal.Kind == ErrorKind.NotFound) return NotFound();
        Errors.Add(null, texts.Error(refusal.Code, refusal.Facts));
        return await ShowAsync(cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellationToken)
    {
        var found = await transfers.HandleAsync(new ListTransfers.Request(null), cancellationToken);
        List = new TransferList(found.Value.Items, await catalog.SnapshotAsync(cancellationToken));
        return Page();
    }
}
