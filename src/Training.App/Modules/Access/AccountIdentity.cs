using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Configuration;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Data;
using Training.Data.Access;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Access;
using Training.Domain.Common;

namespace Training.App.Modules.Access;

/// <summary>Who a session is of, and with which roles today.</summary>
internal sealed class AccountIdentity(TrainingDbContext db, DirectoryCatalog catalog, AppOptions options, IWriteGate gate, TimeProvider time)
{
    /// <summary>Claim of a person who must first set a second factor up and may do nothing else.</summary>
    public const string FactorOwed = "training:factor-owed";

    /// <summary>Claim with the instant at which the person last proved who they are.</summary>
    public const string Proven = "training:proven";

    /// <summary>Longest life of a session, however often it is used.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromDays(30);

    /// <summary>How exactly it is written down when a session was last used.</summary>
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(10);

    /// <summary>The identity; null when the session was ended or grew too old, or the person was blocked or holds no role today.</summary>
    public async Task<ClaimsIdentity?> OfAsync(int sessionId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var found = await (from session in db.Set<SignInSession>().AsNoTracking()
                           join account in db.Set<Account>() on session.AccountId equals account.Id
                           where session.Id == sessionId && session.EndedAt == null && account.BlockedAt == null
                           select new
                           {
                               Session = session, account.DisplayName, account.IsDemo,
                               HasFactor = db.Set<SecondFactor>().Any(factor => factor.AccountId == account.Id && factor.ConfirmedAt != null)
                                   || db.Set<IdentityUserPasskey<int>>().Any(passkey => passkey.UserId == account.Id),
                           }).SingleOrDefaultAsync(cancellationToken);
        if (found is null || now - found.Session.StartedAt > Life) return null;
        var grants = await GrantsAsync(db, found.Session.AccountId, time.Today(), cancellationToken);
        if (grants.Count == 0) return null;
        if (now - found.Session.LastSeenAt > SeenEvery) await NoteSeenAsync(found.Session, now, cancellationToken);

        var id = found.Session.AccountId.ToString(CultureInfo.InvariantCulture);
        var identity = new ClaimsIdentity(IdentityConstants.ApplicationScheme);
        identity.AddClaim(new Claim(AccountSession.Claim, sessionId.ToString(CultureInfo.InvariantCulture)));
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, id));
        identity.AddClaim(new Claim(CallerClaims.Name, $"account:{id}"));
        identity.AddClaim(new Claim(CallerClaims.Display, found.DisplayName));
        identity.AddClaim(new Claim(Proven, found.Session.ProvenAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        if (!found.HasFactor && Owes(options, found.IsDemo, grants))
        {
            identity.AddClaim(new Claim(FactorOwed, "1"));
            return identity;
        }
        identity.AddClaims(ClaimsOf(grants, await catalog.SnapshotAsync(cancellationToken)));
        return identity;
    }

    /// <summary>True for a person who may do nothing before a second factor is set up.</summary>
    public static bool Owes(AppOptions options, bool isDemo, IEnumerable<RoleGrant> grants) =>
        !isDemo && options.SecondFactorRequired && grants.Any(grant => IsObliged(grant.Role));

    /// <summary>What grants allow, and where.</summary>
    public static IEnumerable<Claim> ClaimsOf(IReadOnlyCollection<RoleGrant> grants, DirectorySnapshot directory) =>
        grants.Select(grant => new Claim(ClaimTypes.Role, grant.Role.ToString())).Concat(ScopeClaims.Of(grants, directory));

    /// <summary>Roles whose holders see many children or decide for others.</summary>
    public static bool IsObliged(Role role) => role is Role.Coordinator or Role.Directorate;

    /// <summary>The roles an account holds on a day.</summary>
    public static Task<List<RoleGrant>> GrantsAsync(TrainingDbContext db, int accountId, DateOnly day, CancellationToken cancellationToken) =>
        db.Set<RoleGrant>().AsNoTracking().Where(RoleGrant.CountsOn(day)).Where(grant => grant.AccountId == accountId).OrderBy(grant => grant.Id).ToListAsync(cancellationToken);

    private Task NoteSeenAsync(SignInSession session, DateTimeOffset now, CancellationToken cancellationToken) => gate.WriteAsync<Done>(
        AccessScope.None,
        async (write, token) =>
        {
            await write.Db.Set<SignInSession>().Where(row => row.Id == session.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSeenAt, now), token);
            await write.Db.Set<Account>().Where(row => row.Id == session.AccountId).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSeenAt, now), token);
            return new Done();
        },
        cancellationToken);
}
