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
    /// <summary>Certificates by enrollment, as typed. Without the explicit name a post that carries none would bind every other field here.</summary>
    [BindProperty(Name = nameof(Medical))]
    public Dictionary<string, string?> Medical { get; set; } = [];

    /// <summary>The same as they stood when the page was loaded: what somebody else recorded since is not written over.</summary>
    [BindProperty(Name = nameof(Known))]
    public Dictionary<string, string?> Known { get; set; } = [];

    /// <summary>True when the certificates were just recorded.</summary>
    public bool Saved { get; private set; }

    /// <summary>The players as they were chosen when the choice was refused; null otherwise.</summary>
    public IReadOnlyList<string>? Chosen { get; private set; }

    public GetSquad.Response Squad { get; private set; } = null!;

    public DirectorySnapshot Directory { get; private set; } = null!;

    /// <summary>True for the club's own people and coordinators; the host's look on.</summary>
    public bool Own { get; private set; }

    /// <summary>True for who coordinates the club.</summary>
    public bool Coordinates { get; private set; }

    /// <summary>A player's certificate as it stands in the book.</summary>
    public static string? KnownOf(Player player) => player.MedicalUntil?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A player's certificate as it stands in the form: as typed where that was refused.</summary>
    public string? MedicalOf(Player player) => Errors.Of($"m-{player.Enrollment}") is null ? KnownOf(player) : Medical.GetValueOrDefault(player.Enrollment);

    public Task<IActionResult> OnGetAsync(string id, string squad, bool saved, CancellationToken cancellationToken)
    {
        Saved = saved;
        return ShowAsync(id, squad, cancellationToken);
    }

    public async Task<IActionResult> OnPostPlayersAsync(string id, string squad, List<string> players, CancellationToken cancellationToken)
    {
        var changed = await change.HandleAsync(id, squad, new ChangeSquad.Request(players), cancellationToken);
        if (changed.Succeeded) return Redirect(changed.Value.Players == 0 ? $"/tournaments/{id}" : $"/tournaments/{id}/squads/{squad}");
        Chosen = players;
        Show(changed.Error, texts, []);
        return await ShowAsync(id, squad, cancellationToken);
    }

    /// <summary>Records the certificates whose date was changed; what is wrong with one does not hold back the others.</summary>
    public async Task<IActionResult> OnPostMedicalAsync(string id, string squad, CancellationToken cancellationToken)
    {
        if (await ShowAsync(id, squad, cancellationToken) is NotFoundResult missing) return missing;
        foreach (var player in Squad.Players.Where(player => (Medical.GetValueOrDefault(player.Enrollment) ?? "") != (Known.GetValueOrDefault(player.Enrollment) ?? "")))
        {
            DateOnly? until = DateOnly.TryParseExact(Medical[player.Enrollment], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
            var recorded = await medical.HandleAsync(player.Enrollment, new RecordMedicalCertificate.Request(until), cancellationToken);
            if (!recorded.Succeeded) Show(recorded.Error, texts, [new FormPlace("validUntil", $"m-{player.Enrollment}", "tournaments.medical")]);
        }
        return Errors.None ? Redirect($"/tournaments/{id}/squads/{squad}?saved=true") : await ShowAsync(id, squad, cancellationToken);
    }

    public async Task<IActionResult> OnPostExceptAsync(string id, string squad, string? enrollment, string? reason, CancellationToken cancellationToken)
    {
        if (!caller.Coordinates) return Forbid();
        var granted = await exceptions.HandleAsync(id, squad, enrollment ?? "", new GrantException.Request(reason), cancellationToken);
        if (!granted.Succeeded) Show(granted.Error, texts, [new FormPlace("reason", $"x-{enrollment}", "tournaments.reason")]);
        return granted.Succeeded ? Redirect($"/tournaments/{id}/squads/{squad}") : await ShowAsync(id, squad, cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(string id, string squad, CancellationToken cancellationToken)
    {
        var found = await squads.HandleAsync(id, squad, cancellationToken);
        if (!found.Succeeded) return NotFound();
        (Squad, Directory) = (found.Value, await catalog.SnapshotAsync(cancellationToken));
        var site = Directory.FindSite(Squad.Site)!;
        Own = caller.Scope.Covers(site.Id, site.RegionId);
        Coordinates = DecideHeldMark.Coordinates(caller, site.Id, site.RegionId);
        return Page();
    }
}
