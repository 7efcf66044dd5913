using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Localization;
using Training.App.Platform.Http;

namespace Training.App.Platform.Localization;

/// <summary>
/// The pages that families read, in Amazigh where a visitor has chosen it and the directorate has validated texts; the whole rest of the
/// application has never heard of that language and answers in Arabic.
/// </summary>
internal static class AmazighPages
{
    /// <summary>What the language's cookie holds: whoever does not know Amazigh reads Arabic in it.</summary>
    public static readonly string CookieValue = CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(Languages.Arabic, Languages.AmazighCulture));

    /// <summary>True for the pages of families and what is said to them about their data.</summary>
    public static bool AreHere(PathString path) => path.StartsWithSegments("/family") || path == "/privacy";

    public static async Task Speak(HttpContext context, RequestDelegate next)
    {
        var amazigh = context.RequestServices.GetRequiredService<AmazighTexts>();
        await amazigh.RefreshAsync(context.RequestAborted);
        if (!amazigh.IsOffered || !IsWanted(context.Request))
        {
            await next(context);
            return;
        }
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (Languages.Arabic, Languages.AmazighCulture);
        StandIn.MarkHere();
        var wire = context.Response.Body;
        await using var page = new MemoryStream();
        context.Response.Body = page;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = wire;
        }
        var bytes = page.GetBuffer().AsMemory(0, (int)page.Length);
        if (context.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true)
        {
            bytes = Encoding.UTF8.GetBytes(StandIn.Show(Encoding.UTF8.GetString(bytes.Span)));
            context.Response.ContentLength = null;
        }
        if (bytes.Length > 0) await wire.WriteAsync(bytes, context.RequestAborted);
    }

    /// <summary>The address says it, else what was chosen before, else the browser.</summary>
    private static bool IsWanted(HttpRequest request)
    {
        if (request.Query["lang"] is [{ Length: > 0 } asked]) return Is(asked);
        if (request.Cookies.TryGetValue(Languages.Cookie, out var chosen))
            return CookieRequestCultureProvider.ParseCookieValue(chosen)?.UICultures is [var culture] && Is(culture.Value);
        return request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1).FirstOrDefault() is { } first && Is(first.Value.Value);
    }

    private static bool Is(string? culture) => culture is not null && (culture == "zgh" || culture.StartsWith("zgh-", StringComparison.OrdinalIgnoreCase));
}
