using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Attendance;
using Training.App.Pages.Shared;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Attendance;

namespace Training.App.Pages.Attendance;

/// <summary>
/// The roster of a session. With JavaScript the marks travel in the background; without it this form is posted whole. A mark that
/// contradicts what somebody else recorded waits as a card until a person decides.
/// </summary>
[Authorize(Policy = Policies.Sheets)]
internal sealed class RosterModel(
    GetRoster.Handler rosters, PostedMarks posted, CloseSession.Handler close, CheckIn.Handler checkIn, ListHeldMarks.Handler waiting,
    DirectoryCatalog catalog, Caller caller, Texts texts, TimeProvider time) : FormPage
{
    /// <summary>The session's version when the page was loaded: the base of every posted mark.</summary>
    [BindProperty]
    public int Version { get; set; }

    /// <summary>save, close, or closeAnyway.</summary>
    [BindProperty]
    public string? Action { get; set; }

    /// <summary>Marks by enrollment. Without the explicit name a post that carries none would bind every other field here.</summary>
    [BindProperty(Name = nameof(Marks))]
    public Dictionary<string, string?> Marks { get; set; } = [];

    /// <summary>A participant code as typed.</summary>
    [BindProperty]
    public string? Code { get; set; }

    public GetRoster.Response Roster { get; private set; } = null!;

    public DirectorySnapshot Directory { get; private set; } = null!;

    /// <summary>Marks that wait for a person.</summary>
    public IReadOnlyList<WaitingCard> Cards { get; private set; } = [];

    /// <summary>How many have no mark although the session is to be closed; null while nobody asked to close it.</summary>
    public int? Unmarked { get; private set; }

    /// <summary>True when the marks were just taken.</summary>
    public bool Saved { get; private set; }

    /// <summary>The child who was just marked by code; null when none was.</summary>
    public GetRoster.Item? CheckedIn { get; private set; }

    /// <summary>True while marks are taken.</summary>
    public bool Takes => SessionWords.TakesMarks(Roster, time.Today());

    /// <summary>True while the session may be taken along: also tomorrow's, which takes no marks yet.</summary>
    public bool MayTakeAlong => Roster.SessionStatus == SessionStatus.Open && !Roster.Locked && Roster.Items.Count > 0;

    /// <summary>True for who registers and plans; an assistant keeps the sheet alone.</summary>
    public bool Plans => caller.MayEnroll;

    public string GroupLabel => SessionWords.Group(texts, Roster.GroupName);

    public async Task<IActionResult> OnGetAsync(string id, bool saved, string? child, CancellationToken cancellationToken)
    {
        Saved = saved;
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        CheckedIn = child is null ? null : Find(child);
        return Page();
    }

    /// <summary>Marks the child whose code was typed as present; with <paramref name="part"/> the answer alone is sent, not the whole page.</summary>
    public async Task<IActionResult> OnPostCodeAsync(string id, bool part, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        var marked = await checkIn.HandleAsync(id, new CheckIn.Request(Code, null, null, null, Version), cancellationToken);
        if (!marked.Succeeded) Show(marked.Error, texts, [new FormPlace("code", nameof(Code), "attendance.roster.code"), new FormPlace("codeNotInGroup", nameof(Code))]);
        else if (!part && marked.Value.Attendance.Refused is [var refusal, ..]) Errors.Add(nameof(Code), refusal.Message);
        else if (!part) return Redirect($"/sessions/{id}?child={marked.Value.Enrollment}");
        if (!part) return Page();
        return Partial(
            "_DoorAnswer", marked.Succeeded ? DoorAnswer.Of(marked.Value, id, Find(marked.Value.Enrollment), texts) : DoorAnswer.Refused(Errors.Entries[0].Text));
    }

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        if (Roster.SessionStatus == SessionStatus.Closed && Marks.Count == 0) return Redirect($"/sessions/{id}/closed");
        if (!await SaveAsync(id, cancellationToken)) return NotFound();
        if (!Errors.None) return Page();
        if (Action is not ("close" or "closeAnyway")) return Redirect($"/sessions/{id}?saved=true");

        var unmarked = Roster.Items.Count(item => item.Status is null);
        if ((unmarked > 0 || Cards.Count > 0) && Action == "close")
        {
            Unmarked = unmarked;
            return Page();
        }
        var closed = await close.HandleAsync(id, Action == "closeAnyway", cancellationToken);
        if (closed.Succeeded) return Redirect($"/sessions/{id}/closed");
        Show(closed.Error, texts, []);
        return Page();
    }

    /// <summary>Records what differs from the book; false when the session is gone.</summary>
    private async Task<bool> SaveAsync(string id, CancellationToken cancellationToken)
    {
        var recorded = await posted.RecordAsync(Roster, Marks, Version, cancellationToken);
        if (!recorded.Succeeded)
        {
            Show(recorded.Error, texts, []);
            return recorded.Error.Kind != Domain.Common.ErrorKind.NotFound;
        }
        if (!await LoadAsync(id, cancellationToken)) return false;
        foreach (var refusal in recorded.Value) Errors.Add(null, refusal);
        return true;
    }

    private async Task<bool> LoadAsync(string id, CancellationToken cancellationToken)
    {
        Directory = await catalog.SnapshotAsync(cancellationToken);
        var found = await rosters.HandleAsync(id, cancellationToken);
        if (!found.Succeeded) return false;
        Roster = found.Value;
        Cards = Roster.Waiting == 0 || !Plans ? []
            : WaitingCard.Of((await waiting.HandleAsync(new ListHeldMarks.Request(id, null), cancellationToken)).Value, id, Roster.SessionStatus);
        return true;
    }

    private GetRoster.Item? Find(string enrollment) => Roster.Items.FirstOrDefault(item => item.Enrollment == enrollment);
}
