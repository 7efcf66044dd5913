using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Access.Messages;
using Training.App.Platform;
using Training.App.Platform.Configuration;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Data;
using Training.Data.Access;

namespace Training.App.Modules.Access;

/// <summary>Reads what a person may do now, by the same rules as a sign-in.</summary>
internal sealed class AccountRightsBook(TrainingDbContext db, DirectoryCatalog catalog, AppOptions options, TimeProvider time) : IAccountRights
{
    public async Task<ClaimsPrincipal?> NowAsync(int accountId, CancellationToken cancellationToken)
    {
        var account = await db.Set<Account>().AsNoTracking().Where(row => row.Id == accountId && row.BlockedAt == null).Select(row => new
        {
            row.Email, row.IsDemo,
            HasFactor = db.Set<SecondFactor>().Any(factor => factor.AccountId == row.Id && factor.ConfirmedAt != null)
                || db.Set<IdentityUserPasskey<int>>().Any(passkey => passkey.UserId == row.Id),
        }).SingleOrDefaultAsync(cancellationToken);
        if (account is null) return null;
        var grants = await AccountIdentity.GrantsAsync(db, accountId, time.Today(), cancellationToken);
        if (grants.Count == 0 || (!account.HasFactor && AccountIdentity.Owes(options, account.IsDemo, grants))) return null;
        var identity = new ClaimsIdentity(nameof(AccountRightsBook));
        identity.AddClaim(new Claim(CallerClaims.Name, $"account:{accountId.ToString(CultureInfo.InvariantCulture)}"));
        identity.AddClaims(AccountIdentity.ClaimsOf(grants, await catalog.SnapshotAsync(cancellationToken)));
        identity.AddClaim(new Claim(ClaimTypes.Email, account.Email!));
        return new ClaimsPrincipal(identity);
    }
}
