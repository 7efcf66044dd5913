using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Access;
using Training.App.Platform;
using Training.App.Platform.Http;

namespace Training.App.Pages.Access;

/// <summary>Where a person is signed in.</summary>
[Authorize(Policies.Account)]
internal sealed class MySignInsModel(MySignIns.Handler signIns) : PageModel
{
    public IReadOnlyList<MySignIns.Line> Lines { get; private set; } = [];

    /// <summary>True just after others were ended.</summary>
    [TempData]
    public bool Ended { get; set; }

    public async Task OnGetAsync(CancellationToken cancellationToken) => Lines = await signIns.ListAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(int? id, CancellationToken cancellationToken)
    {
        await signIns.EndAsync(id, cancellationToken);
        Ended = true;
        return Redirect("/my/sign-ins");
    }

    /// <summary>Local day and hour.</summary>
    public static string Time(DateTimeOffset at) => at.ToLocal().ToString("dd/MM/yyyy HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
