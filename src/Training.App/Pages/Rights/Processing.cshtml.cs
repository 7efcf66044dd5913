using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Rights;
using Training.App.Platform.Directory;

namespace Training.App.Pages.Rights;

/// <summary>The register of processing, for whoever wants to know.</summary>
[AllowAnonymous]
internal sealed class ProcessingModel(DescribeProcessing.Handler describe, DirectoryCatalog catalog) : PageModel
{
    public DescribeProcessing.Response Said { get; private set; } = null!;

    public DirectorySnapshot Directory { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Said = (await describe.HandleAsync(cancellationToken)).Value;
        Directory = await catalog.SnapshotAsync(cancellationToken);
    }
}
