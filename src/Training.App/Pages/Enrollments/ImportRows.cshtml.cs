using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Enrollments.Imports;
using Training.App.Pages.Shared;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Enrollments;

namespace Training.App.Pages.Enrollments;

/// <summary>All rows of a list of one kind, part by part; those in question can be decided here, and decided otherwise.</summary>
[Authorize(Policies.Enroll)]
internal sealed class ImportRowsModel(GetImport.Handler get, ListRows.Handler rows, DecideRows.Handler decide, Texts texts) : FormPage
{
    public GetImport.Response Import { get; private set; } = null!;

    /// <summary>The rows of this part.</summary>
    public ListedRows Part { get; private set; } = null!;

    /// <summary>Cursor of the next part; null at the end.</summary>
    public string? Next { get; private set; }

    /// <summary>Cursor of this part; null for the first.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public async Task<IActionResult> OnGetAsync(string id, string kind, CancellationToken cancellationToken) =>
        await LoadAsync(id, kind, cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostDecideAsync(string id, string kind, int row, RowDecision decision, CancellationToken cancellationToken) =>
        await AfterAsync(id, kind, new DecideRows.Request([new DecideRows.Row(row, decision)]), cancellationToken);

    public async Task<IActionResult> OnPostDecideAllAsync(string id, string kind, int[] known, int[] alike, RowDecision decision, CancellationToken cancellationToken) =>
        await AfterAsync(id, kind, DecideRows.Request.ForAll(known, alike, decision), cancellationToken);

    private async Task<IActionResult> AfterAsync(string id, string kind, DecideRows.Request asked, CancellationToken cancellationToken)
    {
        var decided = await decide.HandleAsync(id, asked, cancellationToken);
        if (decided.Succeeded) return Redirect($"/imports/{id}/rows/{kind}{(string.IsNullOrEmpty(Cursor) ? "" : $"?cursor={Uri.EscapeDataString(Cursor)}")}#decide");
        if (!await LoadAsync(id, kind, cancellationToken)) return NotFound();
        Errors.Add(null, texts.Error(decided.Error.Code, decided.Error.Facts));
        return Page();
    }

    private async Task<bool> LoadAsync(string id, string kind, CancellationToken cancellationToken)
    {
        var import = await get.HandleAsync(id, cancellationToken);
        if (!import.Succeeded) return false;
        var found = await rows.HandleAsync(id, kind, Cursor, cancellationToken);
        if (!found.Succeeded) return false;
        (Import, Part, Next) = (import.Value, new ListedRows(kind, found.Value.Items, null), found.Value.Next);
        return true;
    }
}
