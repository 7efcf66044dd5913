using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Families;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.Domain.Attendance;

namespace Training.App.Pages.Families;

/// <summary>A family's own children in plain words.</summary>
[Authorize(Policy = Policies.Family)]
internal sealed class ChildrenModel(GetChildren.Handler children, TimeProvider time) : PageModel
{
    /// <summary>How many past sessions stand open; the others are folded away.</summary>
    public const int Shown = 8;

    public IReadOnlyList<GetChildren.Child> Children { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        Children = (await children.HandleAsync(cancellationToken)).Value.Items;
        return Children.Count == 0 ? Redirect("/family") : Page();
    }

    /// <summary>Sessions that were held: marked, or closed without a mark of this child.</summary>
    public static IReadOnlyList<GetChildren.SessionLine> Past(GetChildren.Place place) =>
        [.. place.Sessions.Where(session => session.Status is not null || session.SessionStatus == SessionStatus.Closed)];

    /// <summary>The nearest session still to come; null when none is planned.</summary>
    public GetChildren.SessionLine? Next(GetChildren.Place place) => place.Sessions
        .Where(session => session.Status is null && session.SessionStatus == SessionStatus.Open && session.Date >= time.Today())
        .MinBy(session => (session.Date, session.Start));

    /// <summary>The first letters of the first two words of a name.</summary>
    public static string Initials(string name) => string.Join(
        ' ', name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2).Select(word => StringInfo.GetNextTextElement(word)));
}
