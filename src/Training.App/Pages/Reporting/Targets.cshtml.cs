using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Reporting.Targets;
using Training.App.Pages.Shared;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Pages.Reporting;

/// <summary>An edition's target by region, as the directorate says or as the arithmetic gives.</summary>
[Authorize(Policies.Coordinate)]
internal sealed class TargetsModel(GetTargets.Handler get, SetTargets.Handler set, DirectoryCatalog catalog, Texts texts) : FormPage
{
    public GetTargets.Response Table { get; private set; } = null!;

    public DirectorySnapshot Directory { get; private set; } = null!;

    /// <summary>The edition shown.</summary>
    public Edition Shown => Directory.FindEdition(Table.Edition)!;

    [BindProperty(SupportsGet = true)]
    public string? Edition { get; set; }

    /// <summary>What was typed, by region code.</summary>
    [BindProperty]
    public Dictionary<string, int?> Targets { get; set; } = [];

    /// <summary>What stands in a region's field: what was typed while it is to be put right.</summary>
    public int? Value(GetTargets.Item item) => Errors.None ? item.Target : Targets.GetValueOrDefault(item.Region);

    /// <summary>Whether the country holds places of the first division in this programme.</summary>
    public bool TellsFirstDivision => Shown.Track == Track.Football;

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => ShowAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) =>
        await AnswerAsync(await set.HandleAsync(Edition, new SetTargets.Request(Targets), cancellationToken), cancellationToken);

    public async Task<IActionResult> OnPostComputeAsync(CancellationToken cancellationToken) =>
        await AnswerAsync(await set.ResetAsync(Edition, cancellationToken), cancellationToken);

    private async Task<IActionResult> AnswerAsync(Result<GetTargets.Response> said, CancellationToken cancellationToken)
    {
        if (said.Succeeded) return RedirectToPage(new { Edition = said.Value.Edition });
        if (said.Error.Kind == ErrorKind.Forbidden) return Forbid();
        if (said.Error.Kind == ErrorKind.NotFound) return NotFound();
        var directory = await catalog.SnapshotAsync(cancellationToken);
        Show(said.Error, texts, [.. directory.Regions.Select(region => new FormPlace($"targets.{region.Code}", $"Targets[{region.Code}]", null, $"target-{region.Code}"))]);
        return await ShowAsync(cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellationToken)
    {
        Directory = await catalog.SnapshotAsync(cancellationToken);
        var found = await get.HandleAsync(string.IsNullOrEmpty(Edition) ? Directory.Editions[0].Code : Edition, cancellationToken);
        if (!found.Succeeded) return found.Error.Kind == ErrorKind.NotFound ? NotFound() : Forbid();
        Table = found.Value;
        return Page();
    }
}
