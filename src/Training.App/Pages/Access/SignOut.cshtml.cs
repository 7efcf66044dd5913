using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Access;

namespace Training.App.Pages.Access;

/// <summary>Ends an adult's session; only by POST, so that no link can do it.</summary>
[AllowAnonymous]
internal sealed class SignOutModel(SignOut.Handler signOut) : PageModel
{
    public IActionResult OnGet() => Redirect("/");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await signOut.HandleAsync(cancellationToken);
        return Redirect("/sign-in");
    }
}
