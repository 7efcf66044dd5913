using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Certificates;
using Training.App.Modules.Registry;
using Training.App.Pages.Shared;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;

namespace Training.App.Pages.Registry;

/// <summary>One child's file. The directorate is asked for a reason first.</summary>
[Authorize(Policies.Staff)]
internal sealed class ParticipantModel(
    GetParticipant.Handler read, GetCertificates.Handler certificates, DirectoryCatalog catalog, Texts texts) : FormPage
{
    /// <summary>The file; null while a reason is asked for.</summary>
    public GetParticipant.Response? Child { get; private set; }

    /// <summary>The child's certificates, once the file is open.</summary>
    public IReadOnlyList<GetCertificates.Item> Certificates { get; private set; } = [];

    public DirectorySnapshot Directory { get; private set; } = null!;

    public Task<IActionResult> OnGetAsync(string code, CancellationToken cancellationToken) => ShowAsync(code, null, asked: false, cancellationToken);

    public Task<IActionResult> OnPostAsync(string code, string? reason, CancellationToken cancellationToken) =>
        ShowAsync(code, reason, asked: true, cancellationToken);

    private async Task<IActionResult> ShowAsync(string code, string? reason, bool asked, CancellationToken cancellationToken)
    {
        var result = await read.HandleAsync(new GetParticipant.Request(code, reason, "page"), cancellationToken);
        if (result.Error?.Code == "participantNotFound") return NotFound();
        if (result.Succeeded)
        {
            Child = result.Value;
            Certificates = (await certificates.ListAsync(code, cancellationToken)).Value.Items;
        }
        else if (asked) Errors.Add("Reason", texts.Error(result.Error.Code, result.Error.Facts));
        Directory = await catalog.SnapshotAsync(cancellationToken);
        return Page();
    }
}
