using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Attendance;
using Training.App.Pages.Shared;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;

namespace Training.App.Pages.Attendance;

/// <summary>Every mark that waits for a person, and the decision on one.</summary>
[Authorize(Policy = Policies.Enroll)]
internal sealed class ConflictsModel(ListHeldMarks.Handler list, DecideHeldMark.Handler decide, Texts texts) : FormPage
{
    [BindProperty]
    public string? Session { get; set; }

    [BindProperty]
    public string? MarkId { get; set; }

    /// <summary>theirs or yours.</summary>
    [BindProperty]
    public string? Keep { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Where the card stood: a session's id, or <c>today</c>; null on the list itself.</summary>
    [BindProperty]
    public string? Back { get; set; }

    public IReadOnlyList<WaitingCard> Cards { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var decided = await decide.HandleAsync(Session ?? "", MarkId ?? "", new DecideHeldMark.Request(Keep, Reason), cancellationToken);
        if (decided.Succeeded)
            return Redirect(Back == "today" ? "/today" : OpaqueId.ParseSession(Back) is not null ? $"/sessions/{Back}" : "/conflicts");
        if (decided.Error.Kind == Domain.Common.ErrorKind.NotFound) return NotFound();
        Show(decided.Error, texts, [new FormPlace("reason", "Reason", "attendance.waiting.reason", $"r-{MarkId}")]);
        await LoadAsync(cancellationToken);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellationToken) =>
        Cards = WaitingCard.Of((await list.HandleAsync(new ListHeldMarks.Request(null, null), cancellationToken)).Value, back: null);
}
