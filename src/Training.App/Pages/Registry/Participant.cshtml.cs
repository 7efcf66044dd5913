using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Certificates;
using Training.App.Modules.Enrollments.Lifecycle;
using Training.App.Modules.Registry;
using Training.App.Modules.Registry.Duplicates;
using Training.App.Pages.Shared;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Access;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Pages.Registry;

/// <summary>One child's file. The directorate is asked for a reason first.</summary>
[Authorize(Policies.Staff)]
internal sealed class ParticipantModel(
    GetParticipant.Handler read, CorrectName.Handler names, GetCertificates.Handler certificates, RecordConsent.Handler consents, NameDuplicate.Handler duplicates, DirectoryCatalog catalog, Caller caller,
    Texts texts) : FormPage
{
    /// <summary>The file; null while a reason is asked for.</summary>
    public GetParticipant.Response? Child { get; private set; }

    /// <summary>Where the child goes on whose file was merged into another site's; null when the file can be read.</summary>
    public string? GoesOn { get; private set; }

    /// <summary>The child's certificates, once the file is open.</summary>
    public IReadOnlyList<GetCertificates.Item> Certificates { get; private set; } = [];

    public DirectorySnapshot Directory { get; private set; } = null!;

    /// <summary>True for the people of the site and the region, who register and record consents; not for the directorate.</summary>
    public bool MayEnroll => caller.Is(Role.Coach, Role.Facilitator, Role.Coordinator);

    /// <summary>A coordinator brings two files before a decision, also when no rule would.</summary>
    public bool MayNameDuplicate => caller.Is(Role.Coordinator);

    /// <summary>Who answers a family's questions about its child's data.</summary>
    public bool MayAnswerFamilies => caller.AnswersForRegion;

    /// <summary>Code of another file that may be the same child's, as typed.</summary>
    [BindProperty]
    public string? Other { get; set; }

    /// <summary>The child's name, to be corrected.</summary>
    [BindProperty]
    public NameForm Name { get; set; } = new();

    /// <summary>True while the name is being corrected and something is wrong with it.</summary>
    public bool IsCorrecting { get; private set; }

    /// <summary>What a consent is recorded for.</summary>
    [BindProperty]
    public ConsentPurpose Purpose { get; set; } = ConsentPurpose.Participation;

    /// <summary>Order of contact of the guardian who signed, from 1.</summary>
    [BindProperty]
    public int Guardian { get; set; } = 1;

    /// <summary>The day of the signature.</summary>
    [BindProperty]
    public DateOnly? GivenOn { get; set; }

    /// <summary>True while a consent is being recorded and something is wrong with it.</summary>
    public bool IsRecording { get; private set; }

    public Task<IActionResult> OnGetAsync(string code, CancellationToken cancellationToken) => ShowAsync(code, null, asked: false, cancellationToken);

    public Task<IActionResult> OnPostAsync(string code, string? reason, CancellationToken cancellationToken) =>
        ShowAsync(code, reason, asked: true, cancellationToken);

    public async Task<IActionResult> OnPostConsentAsync(string code, CancellationToken cancellationToken)
    {
        if (!MayEnroll) return Forbid();
        var given = await consents.GiveAsync(code, new RecordConsent.Request(Purpose, Guardian, GivenOn), cancellationToken);
        if (given.Succeeded) return RedirectToPage(new { code });
        if (given.Error.Kind == ErrorKind.NotFound) return NotFound();
        IsRecording = true;
        Show(given.Error, texts, [new FormPlace("givenOn", "GivenOn", "registry.consent.givenOn"), new FormPlace("guardian", "Guardian", "registry.consent.signedBy")]);
        return await ShowAsync(code, null, asked: false, cancellationToken);
    }

    public async Task<IActionResult> OnPostWithdrawConsentAsync(string code, CancellationToken cancellationToken)
    {
        if (!MayEnroll) return Forbid();
        var withdrawn = await consents.WithdrawAsync(code, Purpose, cancellationToken);
        // Withdrawn by somebody else meanwhile: the page shows it.
        return withdrawn.Error?.Kind == ErrorKind.NotFound ? NotFound() : RedirectToPage(new { code });
    }

    public async Task<IActionResult> OnPostNameAsync(string code, CancellationToken cancellationToken)
    {
        if (!MayEnroll) return Forbid();
        var corrected = await names.HandleAsync(code, Name.ToRequest(), cancellationToken);
        if (corrected.Succeeded) return RedirectToPage(new { code });
        if (corrected.Error.Kind == ErrorKind.NotFound) return NotFound();
        IsCorrecting = true;
        Show(corrected.Error, texts, NameForm.Places);
        return await ShowAsync(code, null, asked: false, cancellationToken);
    }

    public async Task<IActionResult> OnPostDuplicateAsync(string code, CancellationToken cancellationToken)
    {
        if (!MayNameDuplicate) return Forbid();
        var named = await duplicates.HandleAsync(new NameDuplicate.Request(code, Other), cancellationToken);
        if (named.Succeeded) return Redirect($"/duplicates/{named.Value.Id}");
        Show(named.Error, texts, [new FormPlace("other", "Other", "registry.duplicates.other"), new FormPlace("participantNotFound", "Other")]);
        return await ShowAsync(code, null, asked: false, cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(string code, string? reason, bool asked, CancellationToken cancellationToken)
    {
        var result = await read.HandleAsync(new GetParticipant.Request(code, reason, "page"), cancellationToken);
        if (result.Error?.Code == "participantNotFound") return NotFound();
        if (result.Error is { Code: "fileMerged" } merged) GoesOn = texts.Error(merged.Code, merged.Facts);
        if (result.Succeeded)
        {
            Child = result.Value;
            if (!IsCorrecting) Name = NameForm.Of(Child);
            Certificates = (await certificates.ListAsync(code, cancellationToken)).Value.Items;
        }
        else if (asked) Errors.Add("Reason", texts.Error(result.Error.Code, result.Error.Facts));
        Directory = await catalog.SnapshotAsync(cancellationToken);
        return Page();
    }
}
