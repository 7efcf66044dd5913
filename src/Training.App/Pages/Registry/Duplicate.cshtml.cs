using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Registry.Duplicates;
using Training.App.Pages.Shared;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Registry;

namespace Training.App.Pages.Registry;

/// <summary>Two files side by side, and the decision. The directorate is asked for a reason first.</summary>
[Authorize(Policies.Coordinate)]
internal sealed class DuplicateModel(
    GetDuplicate.Handler read, DecideDuplicate.Handler decide, UndoMerge.Handler undo, DirectoryCatalog catalog, Texts texts) : FormPage
{
    /// <summary>The pair; null while a reason is asked for.</summary>
    public GetDuplicate.Response? Shown { get; private set; }

    /// <summary>What undoing a merge brought back; null otherwise.</summary>
    public UndoMerge.Response? Undone { get; private set; }

    public IReadOnlyList<FactRow> Facts { get; private set; } = [];

    /// <summary>What was typed, kept when the form is shown again.</summary>
    public string? Reason { get; private set; }

    public string? Decision { get; private set; }

    public Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken) => ShowAsync(id, null, cancellationToken);

    public Task<IActionResult> OnPostOpenAsync(string id, string? reason, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(reason)) Errors.Add("Reason", texts.Error("reasonRequired"));
        return ShowAsync(id, reason, cancellationToken);
    }

    public async Task<IActionResult> OnPostDecideAsync(string id, string? decision, string? survivor, string? reason, int? version, CancellationToken cancellationToken)
    {
        Decision = decision;
        if (!Enum.TryParse<PairDecision>(decision, ignoreCase: true, out var taken) || !DuplicatesModel.Tabs.Contains(taken) || taken == PairDecision.Waiting)
        {
            Errors.Add("Decision", texts["registry.duplicates.choose"], "Decision-first");
            return await ShowAsync(id, reason, cancellationToken);
        }
        var decided = await decide.HandleAsync(id, new DecideDuplicate.Request(taken, survivor, reason, version), cancellationToken);
        if (decided.Succeeded) return Redirect($"/duplicates?done={DuplicatesModel.Low(taken)}");
        if (decided.Error.Code == "pairNotFound") return NotFound();
        Show(decided.Error, texts, [new FormPlace("reasonRequired", "Reason"), new FormPlace("reason", "Reason")]);
        return await ShowAsync(id, reason, cancellationToken);
    }

    public async Task<IActionResult> OnPostUndoAsync(string id, string? reason, CancellationToken cancellationToken)
    {
        var undone = await undo.HandleAsync(id, new UndoMerge.Request(reason), cancellationToken);
        if (undone.Succeeded) Undone = undone.Value;
        else if (undone.Error.Code == "pairNotFound") return NotFound();
        else Show(undone.Error, texts, [new FormPlace("reason", "Reason")]);
        return await ShowAsync(id, reason, cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(string id, string? reason, CancellationToken cancellationToken)
    {
        Reason = reason;
        var found = await read.HandleAsync(new GetDuplicate.Request(id, reason), cancellationToken);
        if (found.Error?.Code == "pairNotFound") return NotFound();
        if (!found.Succeeded) return Page();
        Shown = found.Value;
        Facts = FactRow.Of(found.Value, await catalog.SnapshotAsync(cancellationToken), texts);
        return Page();
    }
}
