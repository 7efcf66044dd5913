using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Families;
using Training.App.Pages.Shared;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;

namespace Training.App.Pages.Families;

/// <summary>How a child's family comes in: for the coach or facilitator before whom it stands.</summary>
[Authorize(Policy = Policies.Enroll)]
internal sealed class AccessModel(
    GetFamilyAccess.Handler read, SendPersonalLink.Handler link, RecoverFamily.Handler recover, SetGuardianRights.Handler rights, Texts texts) : FormPage
{
    public GetFamilyAccess.Response Family { get; private set; } = null!;

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public int? Guardian { get; set; }

    [BindProperty]
    public string? Phone { get; set; }

    /// <summary>What became of the last act.</summary>
    [TempData]
    public string? Said { get; set; }

    /// <summary>The new code, shown once; null when none was made.</summary>
    public string? NewCode { get; private set; }

    /// <summary>Codes of other children whose printed code ended with it.</summary>
    public IReadOnlyList<string> AlsoRenewed { get; private set; } = [];

    /// <summary>Why the last act was not done; null when it was.</summary>
    public string? Problem { get; private set; }

    public Task<IActionResult> OnGetAsync(string code, CancellationToken cancellationToken) => ShowAsync(code, cancellationToken);

    public async Task<IActionResult> OnPostLinkAsync(string code, CancellationToken cancellationToken)
    {
        var sent = await link.HandleAsync(code, new SendPersonalLink.Request(Guardian), cancellationToken);
        if (!sent.Succeeded) return await RefuseAsync(code, sent.Error, cancellationToken);
        Said = texts["families.access.linkSent", sent.Value.Phone];
        return RedirectToPage(new { code });
    }

    public async Task<IActionResult> OnPostRightsAsync(string code, bool viewOnly, CancellationToken cancellationToken)
    {
        var set = await rights.HandleAsync(code, new SetGuardianRights.Request(Guardian, viewOnly), cancellationToken);
        if (set.Error?.Code == "proveAgain") return Redirect($"/my/confirm?returnUrl={Uri.EscapeDataString($"/participants/{Uri.EscapeDataString(code)}/family")}");
        if (!set.Succeeded) return await RefuseAsync(code, set.Error, cancellationToken);
        Said = texts["families.access.saved"];
        return RedirectToPage(new { code });
    }

    public async Task<IActionResult> OnPostRecoverAsync(string code, CancellationToken cancellationToken)
    {
        var recovered = await recover.HandleAsync(code, new RecoverFamily.Request(Reason, Guardian, Phone), cancellationToken);
        if (!recovered.Succeeded) return await RefuseAsync(code, recovered.Error, cancellationToken);
        (NewCode, AlsoRenewed) = (recovered.Value.ClaimCode, recovered.Value.AlsoRenewed);
        Reason = Phone = null;
        return await ShowAsync(code, cancellationToken);
    }

    private async Task<IActionResult> RefuseAsync(string code, Error error, CancellationToken cancellationToken)
    {
        if (error.Kind == ErrorKind.NotFound) return NotFound();
        if (error.Fields is null) Problem = texts.Error(error.Code, error.Facts);
        else Show(error, texts, [new FormPlace("reason", "Reason", "families.access.reason"), new FormPlace("phone", "Phone", "families.access.newPhone"), new FormPlace("guardian", "Guardian", "families.access.whose")]);
        return await ShowAsync(code, cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(string code, CancellationToken cancellationToken)
    {
        var found = await read.HandleAsync(code, cancellationToken);
        if (!found.Succeeded) return NotFound();
        Family = found.Value;
        return Page();
    }
}
