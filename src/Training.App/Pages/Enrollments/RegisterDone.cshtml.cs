using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Platform.Configuration;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Domain.Directory;

namespace Training.App.Pages.Enrollments;

/// <summary>
/// The slip for the family. What it shows comes in a protected cookie of this browser, never in the address; the next
/// registration takes it away.
/// </summary>
[Authorize(Policies.Enroll)]
internal sealed class RegisterDoneModel(DirectoryCatalog catalog, AppOptions options) : PageModel
{
    /// <summary>Name of the note that carries the registration here.</summary>
    public const string Note = "registered";

    internal sealed record Registered(
        string? Name, string? NameAr, bool Female, bool Consent, string Participant, string Status, string? ClaimCode, int SiteId, string? SiteQuery,
        string? Session = null, bool WalkedIn = false)
    {
        /// <summary>The name in the reader's script, where it is known.</summary>
        public string Shown => (Languages.Current == "ar" ? NameAr ?? Name : Name ?? NameAr) ?? Participant;
    }

    public Registered Child { get; private set; } = null!;

    public Site Site { get; private set; } = null!;

    /// <summary>Address the family types, without its scheme.</summary>
    public string FamilyAddress { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (TempData.Peek(Note) is not string note || JsonSerializer.Deserialize<Registered>(note) is not { } child) return Redirect("/");
        Child = child;
        Site = (await catalog.SnapshotAsync(cancellationToken)).Site(child.SiteId);
        FamilyAddress = (options.PublicAddress?.Authority ?? Request.Host.Value) + "/family";
        return Page();
    }

    /// <summary>The heading, which in French agrees with the child.</summary>
    public string HeadingKey => Child.Status == "waitlisted" ? "enrollments.done.waitlisted"
        : Child.Female ? "enrollments.done.female"
        : "enrollments.done.male";
}
