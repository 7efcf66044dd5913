using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Certificates;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Domain.Certificates;
using Training.Domain.Directory;

namespace Training.App.Pages.Certificates;

/// <summary>A site's certificates at once: to be printed for a ceremony, or kept as files.</summary>
[Authorize(Policies.Enroll)]
internal sealed class PrintModel(PrintCertificates.Handler print, DirectoryCatalog catalog) : PageModel
{
    public Edition Edition { get; private set; } = null!;

    public Site Site { get; private set; } = null!;

    /// <summary>Issued certificates by kind.</summary>
    public IReadOnlyDictionary<CertificateKind, int> Counts { get; private set; } = new Dictionary<CertificateKind, int>();

    public async Task<IActionResult> OnGetAsync(string edition, string site, CancellationToken cancellationToken)
    {
        if (await print.CountAsync(edition, site, cancellationToken) is not { } counts) return NotFound();
        var directory = await catalog.SnapshotAsync(cancellationToken);
        (Counts, Edition, Site) = (counts, directory.FindEdition(edition)!, directory.FindSite(site)!);
        return Page();
    }
}
