using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Attendance;
using Training.App.Pages.Shared;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Domain.Directory;

namespace Training.App.Pages.Attendance;

/// <summary>Families to call because a child was absent several times in a row, at any site of the caller.</summary>
[Authorize(Policy = Policies.Enroll)]
internal sealed class AbsencesModel(ListAbsences.Handler absences, GetContacts.Handler contacts, DirectoryCatalog catalog, Caller caller) : PageModel
{
    /// <summary>The site shown; null while one is to be chosen.</summary>
    public Site? Site { get; private set; }

    /// <summary>Sites to choose from.</summary>
    public IReadOnlyList<Site> Sites { get; private set; } = [];

    public bool HasSeveral => Sites.Count > 1;

    public AbsenceList List { get; private set; } = new([], null, "");

    public async Task<IActionResult> OnGetAsync(string? site, CancellationToken cancellationToken) =>
        await LoadAsync(site, null, cancellationToken) ? Page() : NotFound();

    /// <summary>Shows whom to call for a child; the reading is recorded.</summary>
    public async Task<IActionResult> OnPostContactsAsync(string? site, string? enrollment, CancellationToken cancellationToken)
    {
        var found = await contacts.HandleAsync(enrollment ?? "", cancellationToken);
        if (!found.Succeeded) return NotFound();
        return await LoadAsync(site, (enrollment!, found.Value), cancellationToken) ? Page() : NotFound();
    }

    private async Task<bool> LoadAsync(string? code, (string, GetContacts.Response)? asked, CancellationToken cancellationToken)
    {
        var directory = await catalog.SnapshotAsync(cancellationToken);
        Sites = [.. directory.Sites.Where(row => caller.Scope.Covers(row.Id, row.RegionId)).OrderBy(row => row.Name(), StringComparer.Create(System.Globalization.CultureInfo.CurrentCulture, false))];
        if (string.IsNullOrWhiteSpace(code) && Sites is [var only]) code = only.Code;
        if (string.IsNullOrWhiteSpace(code)) return true;
        var found = await absences.HandleAsync(new ListAbsences.Request(code), cancellationToken);
        if (!found.Succeeded) return false;
        Site = directory.FindSite(code);
        List = new AbsenceList(found.Value.Items, asked, $"/absences?handler=Contacts&site={Uri.EscapeDataString(Site!.Code)}");
        return true;
    }
}
