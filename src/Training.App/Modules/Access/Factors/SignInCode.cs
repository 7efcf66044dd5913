using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Training.Data;
using Training.Data.Access;
using Training.Domain.Common;

namespace Training.App.Modules.Access.Factors;

/// <summary>The second step of a sign-in: the password was right, a code is asked for within a few minutes.</summary>
internal static class SignInCode
{
    private const string Remember = "training:remember";

    /// <summary>Remembers on this browser that the password was right.</summary>
    public static Task AskAsync(HttpContext context, int accountId, bool remember)
    {
        var identity = new ClaimsIdentity(IdentityConstants.TwoFactorUserIdScheme);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, accountId.ToString(CultureInfo.InvariantCulture)));
        if (remember) identity.AddClaim(new Claim(Remember, "1"));
        return context.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, new ClaimsPrincipal(identity));
    }

    internal sealed class Handler(IHttpContextAccessor http, TrainingDbContext db, FactorBook factors, Lockout lockout, AccountSession session)
    {
        /// <summary>True while a code is awaited on this browser.</summary>
        public async Task<bool> IsAskedAsync() => await WaitingAsync() is not null;

        /// <summary>True when a passkey serves in the code's place.</summary>
        public async Task<bool> HasPasskeyAsync(CancellationToken cancellationToken) => await WaitingAsync() is { } waiting
            && await factors.HasPasskeyAsync(int.Parse(waiting.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture), cancellationToken);

        /// <returns>The account's language; refused with <c>codeWrong</c>, also while the account is locked.</returns>
        public async Task<Result<SignIn.Response>> HandleAsync(string? code, CancellationToken cancellationToken)
        {
            if (await WaitingAsync() is not { } waiting) return Error.Of(ErrorKind.Forbidden, "signInRefused");
            if (string.IsNullOrWhiteSpace(code)) return Faults.Only("code", "missing");
            var id = int.Parse(waiting.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture);
            var account = await db.Set<Account>().AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
            if (lockout.IsLocked(account)) return Faults.Only("code", "codeWrong");
            if (!await factors.TakeAsync(id, code, cancellationToken))
            {
                await lockout.CountAsync(id, cancellationToken);
                return Faults.Only("code", "codeWrong");
            }
            await lockout.ForgetAsync(account, cancellationToken);
            await http.HttpContext!.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
            await session.BeginAsync(id, waiting.HasClaim(Remember, "1"), cancellationToken);
            return new SignIn.Response(account.Language);
        }

        private async Task<ClaimsPrincipal?> WaitingAsync() => (await http.HttpContext!.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme)).Principal;
    }
}
