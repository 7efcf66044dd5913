using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Registry;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;

namespace Training.App.Pages.Families;

/// <summary>Who opened a child's file, when and why.</summary>
[Authorize(Policy = Policies.Family)]
internal sealed class FileModel(ListReadings.Handler readings, Texts texts) : PageModel
{
    public IReadOnlyList<ListReadings.Item> Readings { get; private set; } = [];

    /// <summary>Where the list goes on; null at its end.</summary>
    public string? Next { get; private set; }

    public async Task<IActionResult> OnGetAsync(string code, string? cursor, CancellationToken cancellationToken)
    {
        var found = await readings.HandleAsync(code, cursor, cancellationToken);
        if (!found.Succeeded) return NotFound();
        (Readings, Next) = (found.Value.Items, found.Value.Next);
        return Page();
    }

    /// <summary>A door that has no words of its own is "the file": a new one must not show a key to a parent.</summary>
    public string Where(string door)
    {
        var key = $"families.door.{door}";
        return texts[key] is var words && words != key ? words : texts["families.door.other"];
    }

    /// <summary>Who, in words.</summary>
    public string Who(ListReadings.Item item) => item switch
    {
        { IsFamily: true } => texts["families.file.you"],
        { Role: { } role, Reader: { } name } => $"{texts[$"common.role.{role}"]} – {name}",
        { Reader: { } name } => name,
        _ => texts["families.file.system"],
    };
}
