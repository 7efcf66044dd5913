using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Certificates;
using Training.App.Modules.Families;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.Domain.Attendance;
using Training.Domain.Enrollments;

namespace Training.App.Pages.Families;

/// <summary>A family's own children in plain words.</summary>
[Authorize(Policy = Policies.Family)]
internal sealed class ChildrenModel(GetChildren.Handler children, GetCompletion.Handler completion, TimeProvider time) : PageModel
{
    /// <summary>How many past sessions stand open; the others are folded away.</summary>
    public const int Shown = 8;

    private readonly Dictionary<string, GetCompletion.Response> why = [];

    public IReadOnlyList<GetChildren.Child> Children { get; private set; } = [];

    /// <summary>Why there is no certificate yet, for each place that a child has.</summary>
    public IReadOnlyDictionary<string, GetCompletion.Response> Completion => why;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        Children = (await children.HandleAsync(cancellationToken)).Value.Items;
        foreach (var place in Children.SelectMany(child => child.Enrollments).Where(place => place.Status == EnrollmentStatus.Active))
        {
            if ((await completion.ExplainAsync(place.Enrollment, cancellationToken)) is { Succeeded: true } explained) why[place.Enrollment] = explained.Value.Response;
        }
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
