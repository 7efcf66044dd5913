using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Training.Data.Access;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;

namespace Training.App.Modules.Access;

/// <summary>
/// An adult's sign-in on one browser. The cookie names a row and no more: who the person is and what they may do is read anew at every
/// request, so that leaving, a role's last day and "sign out everywhere" count at once in every process.
/// </summary>
internal sealed class AccountSession(IHttpContextAccessor http, IWriteGate gate, TimeProvider time)
{
    /// <summary>Claim with the session's key.</summary>
    public const string Claim = "training:session";

    private HttpContext Context => http.HttpContext!;

    /// <summary>The session of this request; null when it has none.</summary>
    public int? Id => IdOf(Context.User);

    /// <summary>Begins a session on this browser; a fresh key each time, so that none can be given to a person beforehand.</summary>
    /// <param name="accountId">Whose.</param>
    /// <param name="remember">True to last when the browser is closed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task BeginAsync(int accountId, bool remember, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // Read here: the writer's own thread has no request.
        var device = Devices.Name(Context.Request.Headers.UserAgent);
        var begun = await gate.WriteAsync<int>(
            AccessScope.None,
            async (write, token) =>
            {
                var row = new SignInSession
                {
                    AccountId = accountId, StartedAt = now, LastSeenAt = now, ProvenAt = now, Device = device,
                };
                write.Db.Add(row);
                await write.Db.SaveChangesAsync(token);
                await write.Db.Set<Account>().Where(account => account.Id == accountId)
                    .ExecuteUpdateAsync(set => set.SetProperty(account => account.LastSeenAt, now).SetProperty(account => account.WarnedAt, (DateTimeOffset?)null), token);
                return row.Id;
            },
            cancellationToken);
        var identity = new ClaimsIdentity(IdentityConstants.ApplicationScheme);
        identity.AddClaim(new Claim(Claim, begun.Value.ToString(CultureInfo.InvariantCulture)));
        await Context.SignInAsync(IdentityConstants.ApplicationScheme, new ClaimsPrincipal(identity), new AuthenticationProperties { IsPersistent = remember });
    }

    /// <summary>Ends this browser's session.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        if (Id is { } id) await EndRowsAsync(rows => rows.Where(row => row.Id == id), cancellationToken);
        await Context.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    /// <summary>Ends sessions, in every process from their next request on.</summary>
    public Task EndRowsAsync(Func<IQueryable<SignInSession>, IQueryable<SignInSession>> which, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = time.GetUtcNow();
        return gate.WriteAsync<Done>(
            AccessScope.None,
            async (write, token) =>
            {
                await which(write.Db.Set<SignInSession>()).Where(row => row.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, now), token);
                return new Done();
            },
            cancellationToken);
    }

    /// <summary>Puts what is true now in the place of what the cookie was given.</summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var identities = context.HttpContext.RequestServices.GetRequiredService<AccountIdentity>();
        var identity = IdOf(context.Principal) is { } id ? await identities.OfAsync(id, context.HttpContext.RequestAborted) : null;
        if (identity is not null)
        {
            context.ReplacePrincipal(new ClaimsPrincipal(identity));
            return;
        }
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    private static int? IdOf(ClaimsPrincipal? principal) =>
        int.TryParse(principal?.FindFirstValue(Claim), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
