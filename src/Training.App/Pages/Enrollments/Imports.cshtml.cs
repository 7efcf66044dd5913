using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Enrollments;
using Training.App.Modules.Enrollments.Imports;
using Training.App.Pages.Shared;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Directory;

namespace Training.App.Pages.Enrollments;

/// <summary>Takes a club's list. The file is streamed; the antiforgery token therefore comes before it in the form and is checked here.</summary>
[Authorize(Policies.Enroll)]
[IgnoreAntiforgeryToken]
[StreamedForm]
[RequestSizeLimit(UploadImport.RequestMax)]
internal sealed class ImportsModel(
    SiteOverview.Handler overview, UploadImport.Handler upload, ListImports.Handler list, IAntiforgery antiforgery, DirectoryCatalog catalog, Texts texts, TimeProvider time) : FormPage
{
    private static readonly FormPlace[] Places = [new("edition", "Edition", "enrollments.import.edition")];

    /// <summary>Largest file, in megabytes.</summary>
    public static long MegabytesMax => UploadImport.FileMax / (1024 * 1024);

    /// <summary>The site of every row; null when the list names the sites.</summary>
    public Site? Site { get; private set; }

    /// <summary>Site code from the address; null for the caller's own site.</summary>
    public string? SiteCode { get; private set; }

    public IReadOnlyList<Edition> Editions { get; private set; } = [];

    /// <summary>Sites by code.</summary>
    public DirectorySnapshot Directory { get; private set; } = null!;

    /// <summary>Lists that the caller sees, finished or not, the latest first.</summary>
    public ItemList<ListImports.Item> Lists { get; private set; } = new([], null);

    /// <summary>Cursor of the shown part; null for the latest.</summary>
    public string? Cursor { get; private set; }

    public async Task OnGetAsync(string? site, string? cursor, CancellationToken cancellationToken)
    {
        Cursor = cursor;
        await PrepareAsync(site, cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var form = await UploadReader.ReadAsync(Request, cancellationToken);
        if (form is null || !await IsOursAsync(form)) return BadRequest();
        form.Fields.TryGetValue("Site", out var site);
        form.Fields.TryGetValue("Edition", out var edition);
        await PrepareAsync(site, cancellationToken);
        // A list meant for a site that is not the sender's must not become one of several sites.
        if (!string.IsNullOrEmpty(site) && Site is null) return NotFound();
        if (string.IsNullOrEmpty(form.FileName) || form.Content is null)
        {
            Errors.Add("File", texts.Error("fileMissing"));
            return Page();
        }
        var result = await upload.HandleAsync(new UploadImport.Request(edition, Site?.Code, form.FileName, form.Content), cancellationToken);
        if (result.Succeeded) return Redirect($"/imports/{result.Value.Id}");
        await UploadImport.DrainAsync(Request.Body, cancellationToken);
        Show(result.Error, texts, [.. Places, new FormPlace(result.Error.Code, "File")]);
        return Page();
    }

    private Task<bool> IsOursAsync(UploadReader form)
    {
        if (form.Fields.TryGetValue("__RequestVerificationToken", out var token)) Request.Headers["RequestVerificationToken"] = token;
        return antiforgery.IsRequestValidAsync(HttpContext);
    }

    private async Task PrepareAsync(string? site, CancellationToken cancellationToken)
    {
        var directory = Directory = await catalog.SnapshotAsync(cancellationToken);
        var lists = await list.HandleAsync(Cursor, cancellationToken);
        if (lists.Succeeded) Lists = lists.Value;
        var today = time.Today();
        var own = await overview.HandleAsync(new SiteOverview.Request(string.IsNullOrEmpty(site) ? null : site), cancellationToken);
        if (own.Succeeded) Site = own.Value.Site;
        SiteCode = string.IsNullOrEmpty(site) ? null : Site?.Code;
        Editions = [.. directory.Editions.Where(edition => edition.TakesEnrollmentsOn(today) && (Site is null || edition.SiteKind == Site.Kind))];
    }
}
