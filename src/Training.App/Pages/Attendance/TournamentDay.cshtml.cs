using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Attendance.Tournaments;
using Training.App.Pages.Shared;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Attendance;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Directory;

namespace Training.App.Pages.Attendance;

/// <summary>A tournament: a club proposes its squads, and whoever stands at the door checks players in.</summary>
[Authorize(Policy = Policies.Enroll)]
internal sealed class TournamentDayModel(
    GetTournament.Handler tournaments, DrawSquad.Handler draw, CheckInPlayer.Handler checkIn, CancelTournament.Handler cancel, DirectoryCatalog catalog,
    Caller caller, Texts texts, TimeProvider time) : FormPage
{
    private static readonly FormPlace[] Places =
    [
        new("code", "Code", "tournaments.code"), new("codeNotInTournament", "Code"), new("notTournamentDay", "Code"),
        new("reason", "Reason", "tournaments.callReason"),
    ];

    public GetTournament.Response Tournament { get; private set; } = null!;

    public DirectorySnapshot Directory { get; private set; } = null!;

    /// <summary>Clubs whose squads the caller may propose now, by name.</summary>
    public IReadOnlyList<Site> Clubs { get; private set; } = [];

    /// <summary>The club whose squad is proposed.</summary>
    public string? Club { get; private set; }

    /// <summary>True for whoever may call the tournament off.</summary>
    public bool MayCancel { get; private set; }

    /// <summary>Why it is to be called off, as typed.</summary>
    public string? Reason { get; private set; }

    /// <summary>What is said of the code that was typed; null when it was not understood.</summary>
    public DoorAnswer? Answer { get; private set; }

    public string? Code { get; private set; }

    public DateOnly Today { get; private set; }

    /// <summary>The day on which squads play next, or today.</summary>
    public DateOnly NextDay => Today < Tournament.StartsOn ? Tournament.StartsOn : Today;

    /// <summary>The squads' sessions of that day that are still open: what somebody at the door takes along.</summary>
    public IReadOnlyList<string> NextSessions => Tournament.Status != TournamentStatus.Open ? []
        : [.. Tournament.Squads.SelectMany(squad => squad.Days).Where(day => day.Date == NextDay && day.Status == SessionStatus.Open).Select(day => day.Session)];

    public Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken) => ShowAsync(id, cancellationToken);

    public async Task<IActionResult> OnPostDrawAsync(string id, string? club, string? category, CancellationToken cancellationToken)
    {
        Club = club;
        var drawn = await draw.HandleAsync(id, new DrawSquad.Request(club, category), cancellationToken);
        if (drawn.Succeeded) return Redirect($"/tournaments/{id}/squads/{drawn.Value.Squad}");
        Show(drawn.Error, texts, Places);
        return await ShowAsync(id, cancellationToken);
    }

    public async Task<IActionResult> OnPostCancelAsync(string id, string? reason, CancellationToken cancellationToken)
    {
        if (!caller.Coordinates) return Forbid();
        Reason = reason;
        var cancelled = await cancel.HandleAsync(id, new CancelTournament.Request(reason), cancellationToken);
        if (cancelled.Succeeded) return Redirect($"/tournaments/{id}");
        Show(cancelled.Error, texts, Places);
        return await ShowAsync(id, cancellationToken);
    }

    /// <summary>Checks a player in; with <paramref name="part"/> the answer alone is sent, not the whole page.</summary>
    public async Task<IActionResult> OnPostCodeAsync(string id, string? code, bool part, CancellationToken cancellationToken)
    {
        var marked = await checkIn.HandleAsync(id, new CheckInPlayer.Request(code), cancellationToken);
        if (marked.Succeeded) Answer = DoorAnswer.Of(marked.Value, await catalog.SnapshotAsync(cancellationToken), texts);
        else Show(marked.Error, texts, Places);
        if (part) return Partial("_DoorAnswer", Answer ?? DoorAnswer.Refused(Errors.Entries[0].Text));
        if (!marked.Succeeded) Code = code;
        return await ShowAsync(id, cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(string id, CancellationToken cancellationToken)
    {
        var found = await tournaments.HandleAsync(id, cancellationToken);
        if (!found.Succeeded) return NotFound();
        (Tournament, Today, Directory) = (found.Value, time.Today(), await catalog.SnapshotAsync(cancellationToken));
        Clubs = [.. Tournament.Clubs.Select(code => Directory.FindSite(code)!).OrderBy(site => site.Name(), StringComparer.CurrentCulture)];
        var host = Directory.FindSite(Tournament.Host)!;
        MayCancel = caller.Coordinated.Covers(host.Id, host.RegionId)
            && Tournament.Status == TournamentStatus.Open && Today <= Tournament.EndsOn;
        return Page();
    }
}
