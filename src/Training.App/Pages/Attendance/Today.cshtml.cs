using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Attendance;
using Training.App.Modules.Directory;
using Training.App.Pages.Shared;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Domain.Attendance;

namespace Training.App.Pages.Attendance;

/// <summary>The day of whoever keeps attendance: what to hold today, and what is past but still open.</summary>
[Authorize(Policy = Policies.Sheets)]
internal sealed class TodayModel(
    ListSessions.Handler sessions, ListHeldMarks.Handler waiting, ListAbsences.Handler absences, GetContacts.Handler contacts, ListGroups.Handler groups,
    DirectoryCatalog catalog, Caller caller, TimeProvider time) : PageModel
{
    private const int DaysAhead = 7;

    public DirectorySnapshot Directory { get; private set; } = null!;

    public DateOnly Day { get; private set; }

    public IReadOnlyList<ListSessions.Item> Sessions { get; private set; } = [];

    /// <summary>Past and still open, the oldest first.</summary>
    public IReadOnlyList<ListSessions.Item> Open { get; private set; } = [];

    /// <summary>The days to come, the nearest first.</summary>
    public IReadOnlyList<ListSessions.Item> Ahead { get; private set; } = [];

    /// <summary>The only site of the caller; null when there are several, and each session names its own.</summary>
    public string? Site { get; private set; }

    /// <summary>Marks that wait for a person; the first few are shown here.</summary>
    public IReadOnlyList<WaitingCard> Cards { get; private set; } = [];

    /// <summary>Children absent several times in a row; empty where there is no single site.</summary>
    public AbsenceList Absences { get; private set; } = new([], null, "");

    /// <summary>Children of today's groups whose guardian has not consented yet.</summary>
    public int AwaitingConsent => Sessions.DistinctBy(session => session.Group).Sum(session => session.AwaitingConsent);

    /// <summary>True for who plans sessions, registers and decides; false for an assistant, who keeps the sheets of a group.</summary>
    public bool Plans => caller.MayEnroll;

    /// <summary>Groups of an assistant; empty for the others.</summary>
    public IReadOnlyList<ListGroups.Item> Groups { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(null, cancellationToken);

    /// <summary>Shows whom to call for a child; the reading is recorded.</summary>
    public async Task<IActionResult> OnPostContactsAsync(string? enrollment, CancellationToken cancellationToken)
    {
        if (!Plans) return Forbid();
        var found = await contacts.HandleAsync(enrollment ?? "", cancellationToken);
        if (!found.Succeeded) return NotFound();
        await LoadAsync((enrollment!, found.Value), cancellationToken);
        return Page();
    }

    private async Task LoadAsync((string Enrollment, GetContacts.Response Found)? asked, CancellationToken cancellationToken)
    {
        Day = time.Today();
        Directory = await catalog.SnapshotAsync(cancellationToken);
        if (caller.Scope is { Nation: false, Regions: [], Sites: [var site] }) Site = Directory.Site(site).Name();
        if (!Plans) Groups = (await groups.HandleAsync(new ListGroups.Request(null, null), cancellationToken)).Value.Items;
        else Cards = WaitingCard.Of((await waiting.HandleAsync(new ListHeldMarks.Request(null, null), cancellationToken)).Value, "today");
        if (caller.Scope.Sites.Length > 0)
        {
            var listed = await absences.HandleAsync(new ListAbsences.Request(null), cancellationToken);
            if (listed.Succeeded) Absences = new AbsenceList(listed.Value.Items, asked, "/today?handler=Contacts");
        }
        Sessions = await ListAsync(Day, Day, null, cancellationToken);
        Open = await ListAsync(null, Day.AddDays(-1), SessionStatus.Open, cancellationToken);
        Ahead = await ListAsync(Day.AddDays(1), Day.AddDays(DaysAhead), SessionStatus.Open, cancellationToken);
    }

    private async Task<IReadOnlyList<ListSessions.Item>> ListAsync(
        DateOnly? from, DateOnly? to, SessionStatus? status, CancellationToken cancellationToken)
    {
        var found = await sessions.HandleAsync(new ListSessions.Request(null, null, from, to, status), cancellationToken);
        return [.. found.Value.Items.Where(session => session.Status != SessionStatus.Cancelled).Reverse()];
    }
}
