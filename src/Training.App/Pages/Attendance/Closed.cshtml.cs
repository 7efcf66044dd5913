using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Attendance;
using Training.App.Platform.Http;
using Training.Domain.Attendance;

namespace Training.App.Pages.Attendance;

/// <summary>What a closed session came to.</summary>
[Authorize(Policy = Policies.Sheets)]
internal sealed class ClosedModel(GetRoster.Handler rosters) : PageModel
{
    public GetRoster.Response Roster { get; private set; } = null!;

    /// <summary>Youths with a mark.</summary>
    public int Marked => Roster.Items.Count(item => item.Status is not null);

    /// <summary>Youths who were present or late.</summary>
    public int Attended => Count(AttendanceStatus.Present) + Count(AttendanceStatus.Late);

    public IEnumerable<GetRoster.Item> Unmarked => Roster.Items.Where(item => item.Status is null);

    public int Count(AttendanceStatus status) => Roster.Items.Count(item => item.Status == status);

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken)
    {
        var found = await rosters.HandleAsync(id, cancellationToken);
        if (!found.Succeeded) return NotFound();
        Roster = found.Value;
        return Roster.SessionStatus == SessionStatus.Closed ? Page() : Redirect($"/sessions/{id}");
    }
}
