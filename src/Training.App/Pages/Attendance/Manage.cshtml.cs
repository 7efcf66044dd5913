using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Attendance;
using Training.App.Pages.Shared;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Pages.Attendance;

/// <summary>What belongs to a session beside its marks: its log, its time, opening it again, late edits, and its history.</summary>
[Authorize(Policy = Policies.Enroll)]
internal sealed class ManageModel(
    GetRoster.Handler rosters, ListAdults.Handler adults, SessionHistory.Handler history, LogSession.Handler log, RescheduleSession.Handler move,
    CancelSession.Handler cancel, ReopenSession.Handler reopen, RequestLateEdit.Handler late, DirectoryCatalog catalog, Texts texts) : FormPage
{
    public GetRoster.Response Roster { get; private set; } = null!;

    public ListAdults.Response Adults { get; private set; } = null!;

    public SessionHistory.Response History { get; private set; } = null!;

    public IReadOnlyList<CurriculumModule> Modules { get; private set; } = [];

    /// <summary>True when something was just done.</summary>
    public bool Done { get; private set; }

    [BindProperty(Name = nameof(Accounts))]
    public List<string> Accounts { get; set; } = [];

    [BindProperty(Name = nameof(Names))]
    public List<string?> Names { get; set; } = [];

    /// <summary>Codes of the modules that were covered.</summary>
    [BindProperty(Name = nameof(Modules))]
    public List<string> Chosen { get; set; } = [];

    [BindProperty(Name = nameof(ModuleMinutes))]
    public Dictionary<string, string?> ModuleMinutes { get; set; } = [];

    [BindProperty]
    public string? Note { get; set; }

    [BindProperty]
    public string? Date { get; set; }

    [BindProperty]
    public string? Start { get; set; }

    [BindProperty]
    public string? MoveReason { get; set; }

    [BindProperty]
    public string? CancelReason { get; set; }

    [BindProperty]
    public string? ReopenReason { get; set; }

    [BindProperty]
    public string? Enrollment { get; set; }

    [BindProperty]
    public string? Status { get; set; }

    [BindProperty]
    public string? LateReason { get; set; }

    public async Task<IActionResult> OnGetAsync(string id, bool done, CancellationToken cancellationToken)
    {
        Done = done;
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        Fill();
        return Page();
    }

    public async Task<IActionResult> OnPostLogAsync(string id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        (Date, Start) = (Roster.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Roster.Start);
        var modules = Roster.SessionStatus == Domain.Attendance.SessionStatus.Open
            ? Chosen.Select(code => new LogSession.Module(
                code, int.TryParse(ModuleMinutes.GetValueOrDefault(code), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? minutes : null)).ToArray()
            : null;
        // An adult of another place who was recorded over the API and has no box here is not lost.
        var elsewhere = Adults.Recorded.Where(adult => adult.Account is not null && !Adults.Known.Any(known => known.Account == adult.Account)).Select(adult => adult.Account!);
        var people = Accounts.Concat(elsewhere).Distinct().Select(account => new LogSession.Adult(account, null))
            .Concat(Names.Where(name => !string.IsNullOrWhiteSpace(name)).Select(name => new LogSession.Adult(null, name))).ToArray();
        return After(id, await log.HandleAsync(id, new LogSession.Request(modules, people, Note), cancellationToken), new FormPlace("note", "Note", "attendance.manage.note"));
    }

    public async Task<IActionResult> OnPostMoveAsync(string id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        FillLog();
        DateOnly? day = DateOnly.TryParseExact(Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
        var start = Start is { Length: 8 } ? Start[..5] : Start;
        var moved = await move.HandleAsync(id, new RescheduleSession.Request(day, start, null, MoveReason), cancellationToken);
        return After(id, moved, new("date", "Date", "attendance.new.date"), new("start", "Start", "attendance.new.start"), new("hourTaken", "Start"));
    }

    public async Task<IActionResult> OnPostCancelAsync(string id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        Fill();
        var cancelled = await cancel.HandleAsync(id, new CancelSession.Request(CancelReason), cancellationToken);
        return After(id, cancelled, new FormPlace("reason", "CancelReason", "attendance.waiting.reason"));
    }

    public async Task<IActionResult> OnPostReopenAsync(string id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        Fill();
        var reopened = await reopen.HandleAsync(id, new ReopenSession.Request(ReopenReason), cancellationToken);
        if (reopened.Succeeded) return Redirect($"/sessions/{id}");
        return After(id, reopened, new FormPlace("reason", "ReopenReason", "attendance.waiting.reason"));
    }

    public async Task<IActionResult> OnPostLateAsync(string id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        Fill();
        var asked = await late.HandleAsync(id, new RequestLateEdit.Request(Enrollment, Status, LateReason), cancellationToken);
        if (asked.Succeeded) return Redirect($"/sessions/{id}");
        return After(
            id, asked, new("reason", "LateReason", "attendance.waiting.reason"), new("markStandsAlready", "Status"), new("lateEditWaits", "Enrollment"));
    }

    /// <summary>Shows what is recorded: also when another form of the page was sent, so that a later save takes nothing away.</summary>
    private void Fill()
    {
        FillLog();
        (Date, Start) = (Roster.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Roster.Start);
    }

    private void FillLog()
    {
        Note = Roster.Note;
        Accounts = [.. Adults.Recorded.Select(adult => adult.Account).OfType<string>()];
        Names = [.. Adults.Recorded.Where(adult => adult.Account is null).Select(adult => adult.Name)];
        Chosen = [.. Roster.Modules];
        ModuleMinutes = Roster.ModuleMinutes.ToDictionary(row => row.Key, string? (row) => row.Value.ToString(CultureInfo.InvariantCulture));
    }

    private IActionResult After<T>(string id, Result<T> result, params FormPlace[] places)
    {
        if (result.Succeeded) return Redirect($"/sessions/{id}/manage?done=true");
        Show(result.Error, texts, places);
        return Page();
    }

    private async Task<bool> LoadAsync(string id, CancellationToken cancellationToken)
    {
        var found = await rosters.HandleAsync(id, cancellationToken);
        if (!found.Succeeded) return false;
        Roster = found.Value;
        Adults = (await adults.HandleAsync(id, cancellationToken)).Value;
        History = (await history.HandleAsync(id, cancellationToken)).Value;
        var directory = await catalog.SnapshotAsync(cancellationToken);
        Modules = [.. directory.Modules(directory.FindEdition(Roster.Edition)!.Id)];
        return true;
    }
}
