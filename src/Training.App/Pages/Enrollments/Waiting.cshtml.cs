using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Enrollments;
using Training.App.Modules.Enrollments.Lifecycle;
using Training.App.Pages.Shared;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Pages.Enrollments;

/// <summary>Who waits at a site, offers that await the family's word, and transfers in and out. Every act is a plain form.</summary>
[Authorize(Policies.Enroll)]
internal sealed class WaitingModel(
    SiteOverview.Handler overview, ListWaiting.Handler waiting, ListTransfers.Handler transfers, AnswerOffer.Handler offers,
    AnswerTransfer.Handler answers, DirectoryCatalog catalog, Texts texts) : FormPage
{
    public Site Site { get; private set; } = null!;

    public DirectorySnapshot Directory { get; private set; } = null!;

    public IReadOnlyList<ListWaiting.Item> Waiting { get; private set; } = [];

    public IReadOnlyList<ListTransfers.Item> Transfers { get; private set; } = [];

    public Task<IActionResult> OnGetAsync(string? site, CancellationToken cancellationToken) => ShowAsync(site, cancellationToken);

    public async Task<IActionResult> OnPostAsync(
        string? site, string? act, string? enrollment, string? transfer, int? version, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid) return BadRequest();
        var refusal = act is "accept" or "decline"
            ? (await offers.HandleAsync(enrollment ?? "", act == "accept", version, cancellationToken)).Error
            : await TransferList.AnswerAsync(answers, act, transfer, version, cancellationToken);
        if (refusal is null) return RedirectToPage(new { site });
        if (refusal.Kind == ErrorKind.NotFound) return NotFound();
        Errors.Add(null, texts.Error(refusal.Code, refusal.Facts));
        return await ShowAsync(site, cancellationToken);
    }

    /// <summary>A group opened on demand is called by its number alone.</summary>
    public static string GroupName(string name, Texts texts) => name.All(char.IsAsciiDigit) ? texts["enrollments.home.group", name] : name;

    /// <summary>Local day and hour of an instant.</summary>
    public static string Time(DateTimeOffset at) => at.ToLocal().ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);

    private async Task<IActionResult> ShowAsync(string? site, CancellationToken cancellationToken)
    {
        var found = await overview.HandleAsync(new SiteOverview.Request(site), cancellationToken);
        if (!found.Succeeded) return NotFound();
        Site = found.Value.Site;
        Directory = await catalog.SnapshotAsync(cancellationToken);
        if (found.Value.Edition is { } edition)
            Waiting = (await waiting.HandleAsync(new ListWaiting.Request(Site.Code, edition.Code), cancellationToken)).Value.Items;
        Transfers = (await transfers.HandleAsync(new ListTransfers.Request(Site.Code), cancellationToken)).Value.Items;
        return Page();
    }
}
