using Microsoft.AspNetCore.Authorization;

namespace Training.App.Platform.Http;

/// <summary>The caller of the current request or message; the worker's own scopes act as <see cref="Caller.System"/>.</summary>
internal sealed class CallerAccessor(IHttpContextAccessor http)
{
    private Caller? caller;

    /// <summary>Who is asking.</summary>
    public Caller Current
    {
        get => caller ??= http.HttpContext is { } context ? CallerClaims.Read(context.User, IsAtSheets(context)) : Caller.System;
        set => caller = value;
    }

    /// <summary>True at a door that says of itself that it is made for assistants; what says nothing is closed to their groups.</summary>
    private static bool IsAtSheets(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(rule => rule.Policy == Policies.Sheets) == true;
}
