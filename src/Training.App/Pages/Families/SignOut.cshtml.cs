using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Families;

namespace Training.App.Pages.Families;

/// <summary>Forgets the children on this phone; only by POST, so that no link can do it.</summary>
[AllowAnonymous]
internal sealed class SignOutModel : PageModel
{
    public IActionResult OnGet() => Redirect("/family");

    public async Task<IActionResult> OnPostAsync()
    {
        await FamilySession.EndAsync(HttpContext);
        return Redirect("/family");
    }
}
