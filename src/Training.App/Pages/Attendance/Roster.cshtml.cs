using System.Globalization;
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
/// The roster of a session. With JavaScript the marks travel in the background; without it this form is posted whole, and a mark that
/// contradicts what somebody else recorded since the page was loaded comes back as a question.
/// </summary>
[Authorize(Policy = Policies.Enroll)]
internal sealed class RosterModel(
    GetRoster.Handler rosters, RecordAttendance.Handler record, CloseSession.Handler close, DirectoryCatalog catalog, Texts texts, TimeProvider time)
    : FormPage
{
    /// <summary>A mark somebody must decide on.</summary>
    internal sealed record OpenQuestion(string Enrollment, string Name, AttendanceStatus Theirs, AttendanceStatus Yours);

    /// <summary>The session's version when the page was loaded: the base of every posted mark.</summary>
    [BindProperty]
    public int Version { get; set; }

    /// <summary>save, close, or closeAnyway.</summary>
    [BindProperty]
    public string? Action { get; set; }

    /// <summary>Marks by enrollment. Without the explicit name a post that carries none would bind every other field here.</summary>
    [BindProperty(Name = nameof(Marks))]
    public Dictionary<string, string?> Marks { get; set; } = [];

    /// <summary>A decision: <c>enrollment:status</c>.</summary>
    [BindProperty]
    public string? Keep { get; set; }

    /// <summary>Marks of this person that still wait for a decision, as <c>enrollment:status</c>.</summary>
    [BindProperty(Name = nameof(Pending))]
    public List<string> Pending { get; set; } = [];

    public GetRoster.Response Roster { get; private set; } = null!;

    public DirectorySnapshot Directory { get; private set; } = null!;

    public IReadOnlyList<OpenQuestion> Questions { get; private set; } = [];

    /// <summary>How many have no mark although the session is to be closed; null while nobody asked to close it.</summary>
    public int? Unmarked { get; private set; }

    /// <summary>True when the marks were just taken.</summary>
    public bool Saved { get; private set; }

    /// <summary>True while marks are taken.</summary>
    public bool Takes => Roster.SessionStatus == SessionStatus.Open && Roster.Date <= time.Today();

    public string GroupLabel => SessionWords.Group(texts, Roster.GroupName);

    public async Task<IActionResult> OnGetAsync(string id, bool saved, CancellationToken cancellationToken)
    {
        Saved = saved;
        return await LoadAsync(id, cancellationToken) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        if (Roster.SessionStatus == SessionStatus.Closed) return Redirect($"/sessions/{id}/closed");
        var questions = Decide();
        if (!await SaveAsync(id, questions, cancellationToken)) return NotFound();
        Questions = questions;
        if (questions.Count > 0 || !Errors.None) return Page();
        if (Action is not ("close" or "closeAnyway")) return Redirect($"/sessions/{id}?saved=true");

        var unmarked = Roster.Items.Count(item => item.Status is null);
        if (unmarked > 0 && Action == "close")
        {
            Unmarked = unmarked;
            return Page();
        }
        var closed = await close.HandleAsync(id, Action == "closeAnyway", cancellationToken);
        if (closed.Succeeded) return Redirect($"/sessions/{id}/closed");
        Show(closed.Error, texts, []);
        return Page();
    }

    /// <summary>Applies the decision of this post, if any, and keeps the questions that are still open.</summary>
    private List<OpenQuestion> Decide()
    {
        if (Read(Keep) is var (decided, status) && decided is not null) Marks[decided] = SessionWords.Value(status);
        var questions = new List<OpenQuestion>();
        foreach (var (enrollment, yours) in Pending.Select(Read))
        {
            if (enrollment is null || enrollment == decided || Find(enrollment) is not { Status: { } theirs } child || theirs == yours) continue;
            Marks.Remove(enrollment);
            questions.Add(new OpenQuestion(enrollment, Name(child), theirs, yours));
        }
        return questions;
    }

    /// <summary>Records what differs from the book; false when the session is gone.</summary>
    private async Task<bool> SaveAsync(string id, List<OpenQuestion> questions, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        var marks = Marks
            .Where(mark => mark.Value is not null && (Find(mark.Key)?.Status is not { } known || SessionWords.Value(known) != mark.Value))
            .Select(mark => new RecordAttendance.Mark(Guid.NewGuid().ToString("D"), mark.Key, mark.Value, now, Version)).ToArray();
        if (marks.Length == 0) return true;
        var recorded = await record.HandleAsync(id, new RecordAttendance.Request(marks), cancellationToken);
        if (!recorded.Succeeded)
        {
            Show(recorded.Error, texts, []);
            return recorded.Error.Kind != Domain.Common.ErrorKind.NotFound;
        }
        if (!await LoadAsync(id, cancellationToken)) return false;
        foreach (var conflict in recorded.Value.Conflicts)
        {
            if (Find(conflict.Enrollment) is { } child)
                questions.Add(new OpenQuestion(conflict.Enrollment, Name(child), conflict.Theirs, conflict.Yours));
        }
        var sent = marks.ToDictionary(mark => mark.MarkId!, mark => mark.Enrollment!);
        foreach (var refusal in recorded.Value.Refused)
        {
            var child = refusal.MarkId is null ? null : Find(sent.GetValueOrDefault(refusal.MarkId, ""));
            Errors.Add(null, child is null ? refusal.Message : texts["attendance.roster.refused", Name(child), refusal.Message]);
        }
        return true;
    }

    private async Task<bool> LoadAsync(string id, CancellationToken cancellationToken)
    {
        Directory = await catalog.SnapshotAsync(cancellationToken);
        var found = await rosters.HandleAsync(id, cancellationToken);
        if (found.Succeeded) Roster = found.Value;
        return found.Succeeded;
    }

    private GetRoster.Item? Find(string enrollment) => Roster.Items.FirstOrDefault(item => item.Enrollment == enrollment);

    private static string Name(GetRoster.Item child) => SessionWords.Name(child.Name, child.NameAr);

    private static (string? Enrollment, AttendanceStatus Status) Read(string? text)
    {
        if (text?.Split(':') is not [var enrollment, var value]) return default;
        var mark = SessionWords.Marks.FirstOrDefault(known => known.Value == value);
        return mark.Value is null ? default : (enrollment, mark.Status);
    }
}
