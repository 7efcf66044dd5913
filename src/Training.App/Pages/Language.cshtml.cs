using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Platform.Http;

namespace Training.App.Pages;

/// <summary>
/// Remembers the language a visitor chose and goes back to where they were. It asks for no antiforgery token: a token belongs to
/// whoever is signed in, and the pages that lead here know families, adults and nobody; a forged choice harms none of them.
/// </summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
internal sealed class LanguageModel : PageModel
{
    private static readonly string[] Known = ["ar-MA", "fr-MA", "en-GB"];

    public IActionResult OnGet() => Redirect("/");

    public IActionResult OnPost(string? language, string? returnUrl)
    {
        Remember(HttpContext, language);
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "/");
    }

    /// <summary>Keeps a language for a year; one that is not offered changes nothing.</summary>
    /// <param name="context">The request being answered.</param>
    /// <param name="language">A culture (<c>ar-MA</c>) or its two letters.</param>
    internal static void Remember(HttpContext context, string? language)
    {
        if (string.IsNullOrEmpty(language) || Array.Find(Known, culture => culture == language || culture[..2] == language) is not { } known) return;
        context.Response.Cookies.Append(
            Languages.Cookie,
            CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(known)),
            new CookieOptions
            {
                IsEssential = true,
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
                MaxAge = TimeSpan.FromDays(365),
            });
    }
}
