using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Registry.Duplicates;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Registry;

namespace Training.App.Pages.Registry;

/// <summary>Pairs of files that wait for a coordinator, or were decided.</summary>
[Authorize(Policies.Coordinate)]
internal sealed class DuplicatesModel(ListDuplicates.Handler list, DirectoryCatalog catalog, Texts texts) : PageModel
{
    /// <summary>What a visitor can look at, in the order of the tabs.</summary>
    public static IReadOnlyList<PairDecision> Tabs { get; } = [PairDecision.Waiting, PairDecision.Later, PairDecision.Same, PairDecision.Different];

    public PairDecision Status { get; private set; }

    public ItemList<ListDuplicates.Item> Found { get; private set; } = new([], null);

    public DirectorySnapshot Directory { get; private set; } = null!;

    /// <summary>What was just decided; null when the visitor comes from elsewhere.</summary>
    public string? Done { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? status, string? cursor, string? done, CancellationToken cancellationToken)
    {
        Status = Tabs.FirstOrDefault(tab => tab.ToString().Equals(status, StringComparison.OrdinalIgnoreCase), PairDecision.Waiting);
        Done = Tabs.Where(tab => tab.ToString().Equals(done, StringComparison.OrdinalIgnoreCase)).Select(tab => texts[$"registry.duplicates.done.{Low(tab)}"]).FirstOrDefault();
        Directory = await catalog.SnapshotAsync(cancellationToken);
        var found = await list.HandleAsync(new ListDuplicates.Request(Status, cursor), cancellationToken);
        if (!found.Succeeded) return NotFound();
        Found = found.Value;
        return Page();
    }

    /// <summary>The stable word of a value.</summary>
    public static string Low(Enum value) => char.ToLowerInvariant(value.ToString()[0]) + value.ToString()[1..];

    /// <summary>The name by which a side is shown in the reader's language.</summary>
    public static string NameOf(PairSide side) => (Languages.Current == "ar" ? side.NameAr ?? side.Name : side.Name ?? side.NameAr) ?? side.Participant;
}
