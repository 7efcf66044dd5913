using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Enrollments;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Enrollments;

namespace Training.App.Pages.Enrollments;

/// <summary>A site at a glance: what its coach does next, its places and its last imports.</summary>
[Authorize(Policies.Enroll)]
internal sealed class CoachModel(SiteOverview.Handler overview) : PageModel
{
    /// <summary>Site code; null for the caller's own site.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Site { get; set; }

    public SiteOverview.Response Overview { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var result = await overview.HandleAsync(new SiteOverview.Request(Site), cancellationToken);
        if (!result.Succeeded) return NotFound();
        Overview = result.Value;
        return Page();
    }

    /// <summary>The local day of an instant.</summary>
    public static string DayOf(DateTimeOffset at) => at.ToLocal().ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    /// <summary>A group opened on demand is called by its number alone.</summary>
    public static string NameOf(SiteOverview.GroupItem group, Texts texts) =>
        group.Name.All(char.IsAsciiDigit) ? texts["enrollments.home.group", group.Name] : group.Name;

    /// <summary>A state's public name.</summary>
    public static string Code(ImportStatus status) => char.ToLowerInvariant(status.ToString()[0]) + status.ToString()[1..];
}
