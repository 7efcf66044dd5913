using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Attendance.Tournaments;
using Training.App.Pages.Shared;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;

namespace Training.App.Pages.Attendance;

/// <summary>A tournament: a club proposes its squads, and whoever stands at the door checks players in.</summary>
[Authorize(Policy = Policies.Enroll)]
internal sealed class TournamentDayModel(
    GetTournament.Handler tournaments, DrawSquad.Handler draw, CheckInPlayer.Handler checkIn, DirectoryCatalog catalog, Caller caller, Texts texts,
    TimeProvider time) : FormPage
{
    private static readonly FormPlace[] Places =
        [new("code", "Code", "tournaments.code"), new("codeNotInTournament", "Code"), new("notTournamentDay", "Code")];

    public GetTournament.Response Tournament { get; private set; } = null!;

    public DirectorySnapshot Directory { get; private set; } = null!;

    /// <summary>The caller's own club, when there is one: its squads are proposed here.</summary>
    public string? Site { get; private set; }

    /// <summary>Who was checked in by this post; null when nobody was.</summary>
    public CheckInPlayer.Response? CheckedIn { get; private set; }

    public string? Code { get; private set; }

    public DateOnly Today { get; private set; }

    public Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken) => ShowAsync(id, cancellationToken);

    public async Task<IActionResult> OnPostDrawAsync(string id, string? category, CancellationToken cancellationToken)
    {
        if (await ShowAsync(id, cancellationToken) is NotFoundResult missing) return missing;
        var drawn = await draw.HandleAsync(id, new DrawSquad.Request(Site, category), cancellationToken);
        if (drawn.Succeeded) return Redirect($"/tournaments/{id}/squads/{drawn.Value.Squad}");
        Show(drawn.Error, texts, Places);
        return Page();
    }

    public async Task<IActionResult> OnPostCodeAsync(string id, string? code, CancellationToken cancellationToken)
    {
        var marked = await checkIn.HandleAsync(id, new CheckInPlayer.Request(code), cancellationToken);
        if (marked.Succeeded) CheckedIn = marked.Value;
        else
        {
            Code = code;
            Show(marked.Error, texts, Places);
        }
        return await ShowAsync(id, cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(string id, CancellationToken cancellationToken)
    {
        var found = await tournaments.HandleAsync(id, cancellationToken);
        if (!found.Succeeded) return NotFound();
        (Tournament, Today, Directory) = (found.Value, time.Today(), await catalog.SnapshotAsync(cancellationToken));
        if (caller.Scope is { Nation: false, Regions: [], Sites: [var site] }) Site = Directory.Site(site).Code;
        return Page();
    }
}
