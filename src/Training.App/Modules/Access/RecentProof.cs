using System.Security.Claims;
using Training.App.Modules.Access.Messages;
using Training.App.Platform.Http;

namespace Training.App.Modules.Access;

/// <summary>Reads the time of the last proof from the request's own sign-in.</summary>
internal sealed class RecentProof(IHttpContextAccessor http, Caller caller, TimeProvider time) : IRecentProof
{
    /// <summary>Kept from the beginning: the writer's own thread, where changes are made, has no request.</summary>
    private readonly ClaimsPrincipal? person = http.HttpContext?.User;

    public bool IsFresh => caller.AccountId is null || (person is not null && ProveAgain.IsFresh(person, time.GetUtcNow()));
}
