using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Attendance;
using Training.App.Modules.Attendance.Printing;
using Training.App.Pages.Shared;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;

namespace Training.App.Pages.Attendance;

/// <summary>
/// A printed sheet typed in: its rows and columns as they lie on the paper, so that eye and hand go down both together. The marks go
/// through the roster's door.
/// </summary>
[Authorize(Policy = Policies.Sheets)]
internal sealed class SheetModel(GetRoster.Handler rosters, PostedMarks posted, Texts texts, TimeProvider time) : FormPage
{
    /// <summary>The session's version when the page was loaded: the base of every posted mark.</summary>
    [BindProperty]
    public int Version { get; set; }

    /// <summary>Marks by enrollment. Without the explicit name a post that carries none would bind every other field here.</summary>
    [BindProperty(Name = nameof(Marks))]
    public Dictionary<string, string?> Marks { get; set; } = [];

    /// <summary>The session, in the order of the paper.</summary>
    public GetRoster.Response Roster { get; private set; } = null!;

    /// <summary>The rows to tick.</summary>
    public PaperForm Form { get; private set; } = null!;

    /// <summary>True while marks are taken.</summary>
    public bool Takes => SessionWords.TakesMarks(Roster, time.Today());

    public string GroupLabel => SessionWords.Group(texts, Roster.GroupName);

    public async Task<IActionResult> OnGetAsync(string id, string? paper, bool saved, CancellationToken cancellationToken) =>
        await LoadAsync(id, paper, saved, cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string id, string? paper, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, paper, false, cancellationToken)) return NotFound();
        var recorded = await posted.RecordAsync(Roster, Marks, Version, cancellationToken);
        if (!recorded.Succeeded)
        {
            Show(recorded.Error, texts, []);
            return Page();
        }
        if (recorded.Value.Length == 0) return Redirect($"/sessions/{id}/sheet?paper={Form.Language}&saved=true");
        if (!await LoadAsync(id, paper, false, cancellationToken)) return NotFound();
        foreach (var refusal in recorded.Value) Errors.Add(null, refusal);
        return Page();
    }

    private async Task<bool> LoadAsync(string id, string? paper, bool saved, CancellationToken cancellationToken)
    {
        var language = PaperForm.LanguageOf(paper);
        var found = await rosters.HandleAsync(id, CultureInfo.GetCultureInfo(language), cancellationToken);
        if (!found.Succeeded) return false;
        Roster = found.Value;
        Form = new PaperForm(Roster, language, saved, new Dictionary<string, ReadDaySheet.Item>());
        return true;
    }
}
