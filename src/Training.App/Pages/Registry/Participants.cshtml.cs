using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Registry;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;

namespace Training.App.Pages.Registry;

/// <summary>Finds children. The query comes in the body of a POST: a child's name must not stand in an address, which servers and browsers keep.</summary>
[Authorize(Policies.Staff)]
internal sealed class ParticipantsModel(SearchParticipants.Handler search, DirectoryCatalog catalog, Texts texts) : PageModel
{
    public string Query { get; private set; } = "";

    /// <summary>What was found; null before anything was searched for.</summary>
    public SearchParticipants.Response? Found { get; private set; }

    public DirectorySnapshot Directory { get; private set; } = null!;

    public async Task OnPostAsync(string? q, string? cursor, CancellationToken cancellationToken)
    {
        Query = q ?? "";
        Directory = await catalog.SnapshotAsync(cancellationToken);
        var result = await search.HandleAsync(new SearchParticipants.Request(q, Cursor: cursor), cancellationToken);
        if (result.Succeeded) Found = result.Value;
        else
        {
            var fault = result.Error.Fields?.Values.First()[0];
            ViewData["SearchError"] = texts.Error(fault?.Code ?? result.Error.Code, fault?.Facts ?? result.Error.Facts);
        }
    }
}
