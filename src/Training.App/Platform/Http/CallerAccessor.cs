using Microsoft.AspNetCore.Authorization;

namespace Training.App.Platform.Http;

/// <summary>The caller of the current request or message; the worker's own scopes act as <see cref="Caller.System"/>.</summary>
internal sealed class CallerAccessor(IHttpContextAccessor http)
{
    private Caller? caller;

    /// <summary>Who is asking.</summary>
    public Caller Current
    {
        get => caller ??= http.HttpContext is { } context ? CallerClaims.Read(context.User, IsAt(context, Policies.Sheets), IsAt(context, Policies.Coordinate, Policies.Organisations)) : Caller.System;
        set => caller = value;
    }

    /// <summary>
    /// True at a door that says of itself that it is made for assistants, or for who decides; what says nothing is closed to the groups of the
    /// former and open to all that the latter see.
    /// </summary>
    private static bool IsAt(HttpContext context, params string[] policies) =>
        context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(rule => policies.Contains(rule.Policy)) == true;
}
