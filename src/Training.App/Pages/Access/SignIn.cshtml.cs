using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Training.App.Modules.Access;
using Training.App.Pages.Shared;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;

namespace Training.App.Pages.Access;

/// <summary>The door of the adults who work for the programmes.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
internal sealed class SignInModel(SignIn.Handler signIn, Texts texts) : FormPage
{
    private static readonly FormPlace[] Places = [new("email", "Email", "access.signIn.email"), new("password", "Password", "access.signIn.password"), new("signInRefused", "Email")];

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public bool RememberMe { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var result = await signIn.HandleAsync(new SignIn.Request(Email, Password, RememberMe), cancellationToken);
        if (!result.Succeeded)
        {
            Show(result.Error, texts, Places);
            return Page();
        }
        if (result.Value.CodeNeeded) return Redirect($"/sign-in/code{(Url.IsLocalUrl(ReturnUrl) ? $"?returnUrl={Uri.EscapeDataString(ReturnUrl!)}" : "")}");
        if (!Request.Cookies.ContainsKey(Languages.Cookie)) LanguageModel.Remember(HttpContext, result.Value.Language);
        return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/");
    }
}
