using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.WebEncoders;
using Training.App.Pages.Attendance;
using Training.App.Pages.Reporting;
using Training.App.Pages.Shared;

namespace Training.App.Pages;

/// <summary>The pages for people. Each asks for a policy or says that it is open to all.</summary>
internal static class PagesModule
{
    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapRazorPages().WithStaticAssets();
        // An address that does not exist says so to everybody, instead of asking a parent for a password.
        // As a plain delegate: handlers that are generated when building lose the pattern of a fallback.
        routes.MapFallback("{*path:regex(^(?!api/).*$)}", static context => Results.NotFound().ExecuteAsync(context)).AllowAnonymous().ExcludeFromDescription();
    }

    public static void AddPages(this IServiceCollection services)
    {
        services.AddRazorPages();
        services.AddScoped<PageChrome>();
        services.AddScoped<PostedMarks>();
        services.AddScoped<ReportWork>();
        // Arabic is written as itself: entities would make every page three times as long on a weak network.
        services.Configure<WebEncoderOptions>(encoder => encoder.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.Configure<CookieTempDataProviderOptions>(note =>
        {
            note.Cookie.Name = "training-note";
            note.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "training-form";
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
    }
}
