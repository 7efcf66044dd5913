using System.Text;
using Microsoft.AspNetCore.Identity;
using Training.App.Modules.Access.Factors;
using Training.App.Platform;
using Training.Data;
using Training.Data.Access;
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
    /// <param name="CodeNeeded">True when the password alone is not enough: a code or a passkey is awaited on this browser.</param>
    internal sealed record Response(string Language, bool CodeNeeded = false);

    internal sealed class Handler(
        UserManager<Account> users, TrainingDbContext db, AccountSession session, FactorBook factors, PasswordWork passwords, Lockout lockout,
        IHttpContextAccessor http, TimeProvider time)
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
            if (account is null || lockout.IsLocked(account)) return Refused;
            if (fits == false)
            {
                await lockout.CountAsync(account.Id, cancellationToken);
                return Refused;
            }
            // Who was blocked or holds no role today is not told so: the answer would tell who has an account.
            if (account.BlockedAt is not null || (await AccountIdentity.GrantsAsync(db, account.Id, time.Today(), cancellationToken)).Count == 0) return Refused;
            if (await factors.IsAskedForAsync(account.Id, cancellationToken))
            {
                // Failures are forgotten by the code: else whoever has the password could try codes without end.
                await SignInCode.AskAsync(http.HttpContext!, account.Id, request.Remember);
                return new Response(account.Language, CodeNeeded: true);
            }
            await lockout.ForgetAsync(account, cancellationToken);
            await session.BeginAsync(account.Id, request.Remember, cancellationToken);
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
    }
}

/// <summary>Ends the sign-in of this browser.</summary>
internal static class SignOut
{
    internal sealed class Handler(AccountSession session)
    {
        public Task HandleAsync(CancellationToken cancellationToken) => session.EndAsync(cancellationToken);
    }
}
