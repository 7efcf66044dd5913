using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Attendance;
using Training.App.Modules.Attendance.Tournaments;
using Training.App.Pages.Shared;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;

namespace Training.App.Pages.Attendance;

/// <summary>A squad: who plays, what is missing, until when a certificate is valid, and a coordinator's exceptions.</summary>
[Authorize(Policy = Policies.Enroll)]
internal sealed class SquadModel(
    GetSquad.Handler squads, ChangeSquad.Handler change, RecordMedicalCertificate.Handler medical, GrantException.Handler exceptions,
    DirectoryCatalog catalog, Caller caller, Texts texts) : FormPage
{
    private static readonly FormPlace[] Places =
        [new("validUntil", "ValidUntil", "tournaments.medical"), new("reason", "Reason", "tournaments.reason")];

    public GetSquad.Response Squad { get; private set; } = null!;

    public DirectorySnapshot Directory { get; private set; } = null!;

    /// <summary>True for the club's own people and coordinators; the host's look on.</summary>
    public bool Own { get; private set; }

    public bool Coordinates => DecideHeldMark.Coordinates(caller);

    public Task<IActionResult> OnGetAsync(string id, string squad, CancellationToken cancellationToken) => ShowAsync(id, squad, cancellationToken);

    public async Task<IActionResult> OnPostPlayersAsync(string id, string squad, List<string> players, CancellationToken cancellationToken)
    {
        var changed = await change.HandleAsync(id, squad, new ChangeSquad.Request(players), cancellationToken);
        if (!changed.Succeeded) Show(changed.Error, texts, Places);
        return changed.Succeeded ? Redirect($"/tournaments/{id}/squads/{squad}") : await ShowAsync(id, squad, cancellationToken);
    }

    public async Task<IActionResult> OnPostMedicalAsync(string id, string squad, string? enrollment, string? validUntil, CancellationToken cancellationToken)
    {
        DateOnly? until = DateOnly.TryParseExact(validUntil, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        var recorded = await medical.HandleAsync(enrollment ?? "", new RecordMedicalCertificate.Request(until), cancellationToken);
        if (!recorded.Succeeded) Show(recorded.Error, texts, Places);
        return recorded.Succeeded ? Redirect($"/tournaments/{id}/squads/{squad}") : await ShowAsync(id, squad, cancellationToken);
    }

    public async Task<IActionResult> OnPostExceptAsync(string id, string squad, string? enrollment, string? reason, CancellationToken cancellationToken)
    {
        if (!Coordinates) return Forbid();
        var granted = await exceptions.HandleAsync(id, squad, enrollment ?? "", new GrantException.Request(reason), cancellationToken);
        if (!granted.Succeeded) Show(granted.Error, texts, Places);
        return granted.Succeeded ? Redirect($"/tournaments/{id}/squads/{squad}") : await ShowAsync(id, squad, cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(string id, string squad, CancellationToken cancellationToken)
    {
        var found = await squads.HandleAsync(id, squad, cancellationToken);
        if (!found.Succeeded) return NotFound();
        (Squad, Directory) = (found.Value, await catalog.SnapshotAsync(cancellationToken));
        var site = Directory.FindSite(Squad.Site)!;
        Own = caller.Scope.Covers(site.Id, site.RegionId);
        return Page();
    }
}
