using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Training.App.Modules.Access.Factors;
using Training.App.Pages.Shared;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;

namespace Training.App.Pages.Access;

/// <summary>Comes in by a passkey, without a password.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
internal sealed class SignInPasskeyModel(PasskeySignIn.Handler signIn, Texts texts) : FormPage
{
    /// <summary>What the browser is asked, as JSON.</summary>
    public string Options { get; private set; } = "";

    [BindProperty]
    public string? Passkey { get; set; }

    [BindProperty]
    public bool RememberMe { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public async Task OnGetAsync() => Options = await signIn.AskAsync();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var result = await signIn.HandleAsync(Passkey, RememberMe, cancellationToken);
        if (!result.Succeeded)
        {
            Show(result.Error, texts, [new("passkey", "Passkey")]);
            Options = await signIn.AskAsync();
            return Page();
        }
        if (!Request.Cookies.ContainsKey(Languages.Cookie)) LanguageModel.Remember(HttpContext, result.Value.Language);
        return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/");
    }
}
