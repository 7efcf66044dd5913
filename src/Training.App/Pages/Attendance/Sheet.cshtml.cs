using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Attendance;
using Training.App.Pages.Shared;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Attendance;

namespace Training.App.Pages.Attendance;

/// <summary>
/// A printed sheet typed in: its rows and columns as they lie on the paper, so that eye and hand go down both together. The marks go
/// through the roster's door.
/// </summary>
[Authorize(Policy = Policies.Enroll)]
internal sealed class SheetModel(GetRoster.Handler rosters, PostedMarks posted, Texts texts, TimeProvider time) : FormPage
{
    /// <summary>The languages in which sheets are printed.</summary>
    public static readonly IReadOnlyList<string> Printed = ["ar-MA", "fr-MA"];

    /// <summary>The session's version when the page was loaded: the base of every posted mark.</summary>
    [BindProperty]
    public int Version { get; set; }

    /// <summary>Marks by enrollment. Without the explicit name a post that carries none would bind every other field here.</summary>
    [BindProperty(Name = nameof(Marks))]
    public Dictionary<string, string?> Marks { get; set; } = [];

    /// <summary>Language of the paper, which decides the order of its rows.</summary>
    public string Paper { get; private set; } = "";

    public GetRoster.Response Roster { get; private set; } = null!;

    /// <summary>True when the marks were just taken.</summary>
    public bool Saved { get; private set; }

    /// <summary>True while marks are taken.</summary>
    public bool Takes => Roster.SessionStatus == SessionStatus.Open && Roster.Date <= time.Today() && !Roster.Locked;

    public string GroupLabel => SessionWords.Group(texts, Roster.GroupName);

    public async Task<IActionResult> OnGetAsync(string id, string? paper, bool saved, CancellationToken cancellationToken)
    {
        Saved = saved;
        return await LoadAsync(id, paper, cancellationToken) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(string id, string? paper, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, paper, cancellationToken)) return NotFound();
        var recorded = await posted.RecordAsync(Roster, Marks, Version, cancellationToken);
        if (!recorded.Succeeded)
        {
            Show(recorded.Error, texts, []);
            return Page();
        }
        if (recorded.Value.Length == 0) return Redirect($"/sessions/{id}/sheet?paper={Paper}&saved=true");
        if (!await LoadAsync(id, paper, cancellationToken)) return NotFound();
        foreach (var refusal in recorded.Value) Errors.Add(null, refusal);
        return Page();
    }

    private async Task<bool> LoadAsync(string id, string? paper, CancellationToken cancellationToken)
    {
        Paper = Printed.Contains(paper) ? paper! : Languages.Current == "ar" ? Printed[0] : Printed[1];
        var found = await rosters.HandleAsync(id, CultureInfo.GetCultureInfo(Paper), cancellationToken);
        if (found.Succeeded) Roster = found.Value;
        return found.Succeeded;
    }
}
