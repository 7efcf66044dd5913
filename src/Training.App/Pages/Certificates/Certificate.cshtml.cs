using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Certificates;
using Training.App.Pages.Shared;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Access;
using Training.Domain.Certificates;
using Training.Domain.Common;

namespace Training.App.Pages.Certificates;

/// <summary>One certificate, for whoever decides about it: issuing it anew after a correction, or revoking it by two people.</summary>
[Authorize(Policies.Coordinate)]
internal sealed class CertificateModel(
    GetCertificates.Handler certificates, ListRevocations.Handler revocations, RevokeCertificate.Handler revoke, KeepCertificate.Handler keep,
    ReissueCertificate.Handler reissue, Caller caller, Texts texts) : FormPage
{
    /// <summary>Why a person may ask for a certificate to be revoked, in the order they are offered.</summary>
    public static IReadOnlyList<RevocationReason> Reasons { get; } = Enum.GetValues<RevocationReason>();

    public GetCertificates.Item Certificate { get; private set; } = null!;

    /// <summary>The directorate decides by number; a name is in the child's file, which it opens with a reason.</summary>
    public bool MaySeeName => caller.Is(Role.Coordinator);

    /// <summary>The question that is open about it; null when none is.</summary>
    public ListRevocations.Item? Open { get; private set; }

    /// <summary>Why it is to be revoked.</summary>
    [BindProperty]
    public RevocationReason? Reason { get; set; }

    /// <summary>Why it is issued anew.</summary>
    [BindProperty]
    public string? Correction { get; set; }

    public Task<IActionResult> OnGetAsync(string number, CancellationToken cancellationToken) => ShowAsync(number, cancellationToken);

    public async Task<IActionResult> OnPostRevokeAsync(string number, CancellationToken cancellationToken) => await AnswerAsync(
        number, (await revoke.HandleAsync(number, new RevokeCertificate.Request(Reason), cancellationToken)).Error,
        [new FormPlace("reason", "Reason", "certificates.decide.reason")], cancellationToken);

    public async Task<IActionResult> OnPostKeepAsync(string number, CancellationToken cancellationToken) =>
        await AnswerAsync(number, (await keep.HandleAsync(number, cancellationToken)).Error, [], cancellationToken);

    public async Task<IActionResult> OnPostReissueAsync(string number, CancellationToken cancellationToken) => await AnswerAsync(
        number, (await reissue.HandleAsync(number, new ReissueCertificate.Request(Correction), cancellationToken)).Error,
        [new FormPlace("reason", "Correction", "certificates.reissue.reason"), new FormPlace("nothingCorrected", "Correction")], cancellationToken);

    private async Task<IActionResult> AnswerAsync(string number, Error? refusal, IReadOnlyList<FormPlace> places, CancellationToken cancellationToken)
    {
        if (refusal is null) return RedirectToPage(new { number });
        if (refusal.Kind == ErrorKind.NotFound) return NotFound();
        Show(refusal, texts, places);
        return await ShowAsync(number, cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(string number, CancellationToken cancellationToken)
    {
        var found = await certificates.GetAsync(number, cancellationToken);
        if (!found.Succeeded) return NotFound();
        Certificate = found.Value;
        Open = await revocations.FindAsync(number, cancellationToken);
        return Page();
    }
}
