using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Training.App.Platform.Http;
using Training.Data;
using Training.Data.Access;
using Training.Domain.Access;

namespace Training.App.Modules.Access;

/// <summary>Writes a grant's scope as claims.</summary>
internal static class ScopeClaims
{
    /// <summary>Nation when neither is named.</summary>
    public static IEnumerable<Claim> Of(int? regionId, int? siteId)
    {
        if (siteId is { } site) yield return new Claim(CallerClaims.Site, site.ToString(CultureInfo.InvariantCulture));
        else if (regionId is { } region) yield return new Claim(CallerClaims.Region, region.ToString(CultureInfo.InvariantCulture));
        else yield return new Claim(CallerClaims.Nation, "1");
    }
}

/// <summary>Puts an account's roles and scope into its sign-in cookie; read anew at each validation of the security stamp.</summary>
internal sealed class AccountClaims(UserManager<Account> users, IOptions<IdentityOptions> options, TrainingDbContext db)
    : UserClaimsPrincipalFactory<Account>(users, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Account user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(CallerClaims.Name, $"account:{user.Id.ToString(CultureInfo.InvariantCulture)}"));
        identity.AddClaim(new Claim(CallerClaims.Display, user.DisplayName));
        var grants = await db.Set<RoleGrant>().AsNoTracking().Where(grant => grant.AccountId == user.Id).ToListAsync();
        foreach (var grant in grants)
        {
            identity.AddClaim(new Claim(ClaimTypes.Role, grant.Role.ToString()));
            if (grant.Role != Role.Operator) identity.AddClaims(ScopeClaims.Of(grant.RegionId, grant.SiteId));
        }
        return identity;
    }
}
