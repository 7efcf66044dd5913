using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Rights.Retention;
using Training.App.Pages.Shared;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;

namespace Training.App.Pages.Rights;

/// <summary>How long data are kept, what would go today and what went: for the nation.</summary>
[Authorize(Policies.Coordinate)]
internal sealed class RetentionModel(GetRetention.Handler get, SetRetention.Handler set, DirectoryCatalog catalog, Texts texts) : FormPage
{
    public GetRetention.Response Kept { get; private set; } = null!;

    public DirectorySnapshot Directory { get; private set; } = null!;

    [BindProperty]
    public string? Edition { get; set; }

    [BindProperty]
    public int? FileMonths { get; set; }

    [BindProperty]
    public int? ListDays { get; set; }

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => ShowAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var said = await set.HandleAsync(Edition, new SetRetention.Request(FileMonths, ListDays), cancellationToken);
        if (said.Succeeded) return RedirectToPage();
        Show(said.Error, texts,
        [
            new FormPlace("fileMonths", "FileMonths", "rights.retention.fileMonths", $"months-{Edition}"),
            new FormPlace("listDays", "ListDays", "rights.retention.listDays", $"days-{Edition}"),
        ]);
        return await ShowAsync(cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellationToken)
    {
        var kept = await get.HandleAsync(cancellationToken);
        if (!kept.Succeeded) return Forbid();
        Kept = kept.Value;
        Directory = await catalog.SnapshotAsync(cancellationToken);
        return Page();
    }
}
