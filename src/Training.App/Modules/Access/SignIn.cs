using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Training.Data.Access;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;

namespace Training.App.Modules.Access;

/// <summary>
/// Signs an adult in by e-mail and password. An unknown account, a wrong password and a locked account get the same answer: the
/// door does not tell who has a key.
/// </summary>
internal static class SignIn
{
    /// <param name="Email">As typed.</param>
    /// <param name="Password">As typed.</param>
    /// <param name="Remember">True to stay signed in when the browser is closed.</param>
    internal sealed record Request(string? Email, string? Password, bool Remember = false);

    /// <param name="Language">Interface language of the account.</param>
    internal sealed record Response(string Language);

    internal sealed class Handler(
        UserManager<Account> users, SignInManager<Account> session, PasswordWork passwords, IWriteGate gate,
        IOptions<IdentityOptions> identity, TimeProvider time)
    {
        private const int TypedMax = 256;

        private static readonly Error Refused = Error.Of(ErrorKind.Forbidden, "signInRefused");

        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            if (string.IsNullOrWhiteSpace(request.Email)) faults.Add("email", "missing");
            if (string.IsNullOrEmpty(request.Password)) faults.Add("password", "missing");
            if (!faults.None) return faults.ToError();
            if (request.Email!.Length > TypedMax || request.Password!.Length > TypedMax) return Refused;
            if (!IsText(request.Email) || !IsText(request.Password)) return Refused;

            var account = await users.FindByEmailAsync(request.Email.Trim());
            var fits = await passwords.FitsAsync(account, request.Password, cancellationToken);
            if (fits is null) return Error.Of(ErrorKind.Busy, "busy");
            if (account is null || IsLocked(account)) return Refused;
            if (fits == false)
            {
                await CountFailureAsync(account.Id, cancellationToken);
                return Refused;
            }
            if (account.AccessFailedCount > 0) await ForgetFailuresAsync(account.Id, cancellationToken);
            await session.SignInAsync(account, request.Remember);
            return new Response(account.Language);
        }

        /// <summary>False for half surrogate pairs and for U+FFFE: neither can be normalised or encoded, and no account has them.</summary>
        private static bool IsText(string typed)
        {
            foreach (var rune in typed.EnumerateRunes())
            {
                if (rune == Rune.ReplacementChar || rune.Value == 0xFFFE) return false;
            }
            return true;
        }

        private bool IsLocked(Account account) => account.LockoutEnabled && account.LockoutEnd > time.GetUtcNow();

        private Task CountFailureAsync(int accountId, CancellationToken cancellationToken)
        {
            var rule = identity.Value.Lockout;
            DateTimeOffset? end = time.GetUtcNow() + rule.DefaultLockoutTimeSpan;
            return gate.WriteAsync<Done>(
                AccessScope.None,
                async (session, token) =>
                {
                    var account = session.Db.Set<Account>().Where(row => row.Id == accountId);
                    await account.ExecuteUpdateAsync(set => set.SetProperty(row => row.AccessFailedCount, row => row.AccessFailedCount + 1), token);
                    await account.Where(row => row.AccessFailedCount >= rule.MaxFailedAccessAttempts).ExecuteUpdateAsync(
                        set => set.SetProperty(row => row.AccessFailedCount, 0).SetProperty(row => row.LockoutEnd, end), token);
                    return new Done();
                },
                cancellationToken);
        }

        private Task ForgetFailuresAsync(int accountId, CancellationToken cancellationToken) => gate.WriteAsync<Done>(
            AccessScope.None,
            async (session, token) =>
            {
                await session.Db.Set<Account>().Where(row => row.Id == accountId)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.AccessFailedCount, 0), token);
                return new Done();
            },
            cancellationToken);
    }
}

/// <summary>Ends the sign-in of this browser.</summary>
internal static class SignOut
{
    internal sealed class Handler(SignInManager<Account> session)
    {
        public Task HandleAsync() => session.SignOutAsync();
    }
}
