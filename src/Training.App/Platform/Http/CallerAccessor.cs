namespace Training.App.Platform.Http;

/// <summary>The caller of the current request or message; the worker's own scopes act as <see cref="Caller.System"/>.</summary>
internal sealed class CallerAccessor(IHttpContextAccessor http)
{
    private Caller? caller;

    /// <summary>Who is asking.</summary>
    public Caller Current
    {
        get => caller ??= http.HttpContext is { } context ? CallerClaims.Read(context.User) : Caller.System;
        set => caller = value;
    }
}
