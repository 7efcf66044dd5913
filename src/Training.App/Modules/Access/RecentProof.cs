using Training.App.Modules.Access.Messages;
using Training.App.Platform.Http;

namespace Training.App.Modules.Access;

/// <summary>Reads the time of the last proof from the request's own sign-in.</summary>
internal sealed class RecentProof(IHttpContextAccessor http, Caller caller, TimeProvider time) : IRecentProof
{
    public bool IsFresh => caller.AccountId is null || (http.HttpContext is { } context && ProveAgain.IsFresh(context.User, time.GetUtcNow()));
}
