using System.Security.Claims;

namespace Training.App.Modules.Access.Messages;

/// <summary>The door to what a person may do now, for work that is done in their name while they are away.</summary>
public interface IAccountRights
{
    /// <summary>
    /// Roles, scope and mail address (<see cref="ClaimTypes.Email"/>) of an account, as a sign-in at this moment would carry them; null when
    /// it is closed, holds no role today, or owes a second factor.
    /// </summary>
    /// <param name="accountId">Key of the account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ClaimsPrincipal?> NowAsync(int accountId, CancellationToken cancellationToken);
}
