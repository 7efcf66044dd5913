using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Families.Amazigh;
using Training.App.Pages.Shared;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;

namespace Training.App.Pages.Families;

/// <summary>The texts that families read in Amazigh: taken out for a translator, brought back, looked at, put into force by the directorate.</summary>
[Authorize(Policies.Coordinate)]
[RequestSizeLimit(2 * UploadAmazigh.FileMax)]
internal sealed partial class AmazighModel(GetAmazigh.Handler read, UploadAmazigh.Handler upload, PublishAmazigh.Handler publish, Texts texts) : FormPage
{
    public GetAmazigh.Response State { get; private set; } = null!;

    /// <summary>The version that is looked at; null when none is.</summary>
    public GetAmazigh.Preview? Shown { get; private set; }

    [BindProperty]
    public IFormFile? Table { get; set; }

    /// <summary>That a version came into force.</summary>
    [TempData]
    public string? Said { get; set; }

    public Task<IActionResult> OnGetAsync(int? version, CancellationToken cancellationToken) => ShowAsync(version, cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Table is null)
        {
            Errors.Add("Table", texts.Error("fileMissing"));
            return await ShowAsync(null, cancellationToken);
        }
        using var file = new MemoryStream();
        await Table.CopyToAsync(file, cancellationToken);
        var brought = await upload.HandleAsync(file.ToArray(), cancellationToken);
        if (brought.Succeeded) return RedirectToPage(new { version = brought.Value.Number });
        if (brought.Error.Kind == ErrorKind.Forbidden) return Forbid();
        if (brought.Error.Fields is null) Errors.Add("Table", texts.Error(brought.Error.Code, brought.Error.Facts));
        foreach (var (field, faults) in brought.Error.Fields ?? new Dictionary<string, IReadOnlyList<FieldError>>())
            foreach (var fault in faults)
                Errors.Add("Table", texts["families.amazigh.row", RowNumber().Match(field).Value, texts.Error(fault.Code, fault.Facts)]);
        return await ShowAsync(null, cancellationToken);
    }

    public async Task<IActionResult> OnPostPublishAsync(int version, CancellationToken cancellationToken)
    {
        var published = await publish.HandleAsync(version, cancellationToken);
        if (published.Succeeded)
        {
            Said = texts["families.amazigh.published", version];
            return RedirectToPage();
        }
        if (published.Error.Kind == ErrorKind.NotFound) return NotFound();
        Errors.Add(null, texts.Error(published.Error.Code, published.Error.Facts));
        return await ShowAsync(null, cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(int? version, CancellationToken cancellationToken)
    {
        var state = await read.HandleAsync(cancellationToken);
        if (!state.Succeeded) return Forbid();
        State = state.Value;
        // What was brought and waits is what somebody comes back for.
        var looked = version ?? State.Items.Where(item => item.PublishedAt is null).Select(item => (int?)item.Number).FirstOrDefault();
        if (looked is null || !Errors.None) return Page();
        var shown = await read.PreviewAsync(looked.Value, cancellationToken);
        if (!shown.Succeeded) return NotFound();
        Shown = shown.Value;
        return Page();
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex RowNumber();
}
