using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Enrollments.Lifecycle;
using Training.App.Modules.Families;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Pages.Families;

/// <summary>What a family agrees to, purpose by purpose, with the text it sees: to give and to withdraw.</summary>
[Authorize(Policy = Policies.Family)]
internal sealed class ConsentsModel(GetChildren.Handler children, ListSpeakers.Handler speakers, AnswerConsent.Handler answer, Texts texts) : PageModel
{
    public IReadOnlyList<GetChildren.Child> Children { get; private set; } = [];

    public ILookup<string, ListSpeakers.Speaker> Speakers { get; private set; } = null!;

    /// <summary>What became of the last answer.</summary>
    [TempData]
    public string? Said { get; set; }

    /// <summary>Why it was not taken; null when it was.</summary>
    public string? Refused { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        Children = (await children.HandleAsync(cancellationToken)).Value.Items;
        Speakers = await speakers.HandleAsync(cancellationToken);
        return Children.Count == 0 ? Redirect("/family") : Page();
    }

    public async Task<IActionResult> OnPostAsync(string code, ConsentPurpose purpose, bool given, int? guardian, CancellationToken cancellationToken)
    {
        var answered = await answer.HandleAsync(code, new AnswerConsent.Request(purpose, given, guardian), cancellationToken);
        if (answered.Succeeded)
        {
            Said = texts[answered.Value.Stands ? "families.consents.given" : given ? "families.consents.held" : "families.consents.withdrawn"];
            return RedirectToPage();
        }
        if (answered.Error.Kind == ErrorKind.NotFound) return NotFound();
        Refused = answered.Error.Fields is null ? texts.Error(answered.Error.Code, answered.Error.Facts) : texts["families.consents.whoMissing"];
        return await OnGetAsync(cancellationToken);
    }

    /// <summary>The newest word on a purpose; null when nobody was asked.</summary>
    public static GetChildren.ConsentLine? Of(GetChildren.Child child, ConsentPurpose purpose) => child.Consents.FirstOrDefault(line => line.Purpose == purpose);
}
