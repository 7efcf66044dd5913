using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;

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
    /// <param name="language">A culture (<c>ar-MA</c>) or its two letters. Amazigh is kept while nobody has validated its texts too: it is Arabic until then.</param>
    internal static void Remember(HttpContext context, string? language)
    {
        if (language is Languages.Amazigh or "zgh")
        {
            Keep(context, AmazighPages.CookieValue);
            return;
        }
        if (string.IsNullOrEmpty(language) || Array.Find(Known, culture => culture == language || culture[..2] == language) is not { } known) return;
        Keep(context, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(known)));
    }

    private static void Keep(HttpContext context, string choice) => context.Response.Cookies.Append(
        Languages.Cookie,
        choice,
        new CookieOptions
        {
            IsEssential = true,
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            MaxAge = TimeSpan.FromDays(365),
        });
}
