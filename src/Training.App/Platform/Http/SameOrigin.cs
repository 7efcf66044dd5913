using Training.App.Platform.Configuration;
using Training.App.Platform.Localization;
using Training.Domain.Common;

namespace Training.App.Platform.Http;

/// <summary>
/// A call that changes something and comes with a cookie must prove that one of our own pages sent it. Keys in the
/// Authorization header are exempt: no browser adds those by itself. Pages carry their own antiforgery token.
/// </summary>
internal sealed class SameOrigin(RequestDelegate next, AppOptions options)
{
    public Task InvokeAsync(HttpContext context, Texts texts)
    {
        var request = context.Request;
        var harmless = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        if (harmless || !request.Path.StartsWithSegments("/api") || request.Headers.Authorization.Count > 0
            || context.User.Identity?.IsAuthenticated != true || IsProven(request))
            return next(context);
        return Error.Of(ErrorKind.Forbidden, "crossSite").ToProblem(texts).ExecuteAsync(context);
    }

    private bool IsProven(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ } site]) return site == "same-origin";
        if (!Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin)) return false;
        return string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
            || string.Equals(origin.Authority, options.PublicAddress?.Authority, StringComparison.OrdinalIgnoreCase);
    }
}
