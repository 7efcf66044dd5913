using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Training.App.Modules.Access.Factors;
using Training.App.Pages.Shared;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;

namespace Training.App.Pages.Access;

/// <summary>The second step of a sign-in.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
internal sealed class SignInCodeModel(SignInCode.Handler signIn, Texts texts) : FormPage
{
    [BindProperty]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>True when the person has a passkey that serves in the code's place.</summary>
    public bool HasPasskey { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        HasPasskey = await signIn.HasPasskeyAsync(cancellationToken);
        return await signIn.IsAskedAsync() ? Page() : Redirect("/sign-in");
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var result = await signIn.HandleAsync(Code, cancellationToken);
        if (result.Error is { Fields: null }) return Redirect("/sign-in");
        if (!result.Succeeded)
        {
            Show(result.Error, texts, [new("code", "Code", "access.code.label")]);
            HasPasskey = await signIn.HasPasskeyAsync(cancellationToken);
            return Page();
        }
        if (!Request.Cookies.ContainsKey(Languages.Cookie)) LanguageModel.Remember(HttpContext, result.Value.Language);
        return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/");
    }
}
