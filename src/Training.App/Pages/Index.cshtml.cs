using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Access;
using Training.App.Pages.Shared;
using Training.App.Platform.Http;

namespace Training.App.Pages;

/// <summary>Brings everybody to the page of their work; an operator, who has none, is told where the state of the system is.</summary>
[AllowAnonymous]
internal sealed class IndexModel(Caller caller) : PageModel
{
    public IActionResult OnGet()
    {
        if (User.HasClaim(AccountIdentity.FactorOwed, "1")) return Redirect("/my/second-factor");
        if (caller.Roles.Count == 0) return Redirect("/sign-in");
        return PageChrome.HomeOf(caller) is { } home ? Redirect(home) : Page();
    }
}
