using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Training.App.Modules.Access;
using Training.App.Pages.Shared;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;

namespace Training.App.Pages.Access;

/// <summary>Asks for the password again before a sensitive act.</summary>
[Authorize(Policies.Account)]
[EnableRateLimiting(RateLimits.SignIn)]
internal sealed class ConfirmModel(ProveAgain.Handler prove, Texts texts) : FormPage
{
    [BindProperty]
    public string? Password { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var proven = await prove.HandleAsync(Password, cancellationToken);
        if (proven.Succeeded) return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/");
        Show(proven.Error, texts, [new("password", "Password", "access.signIn.password")]);
        return Page();
    }
}
