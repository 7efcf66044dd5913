using Training.App.Platform;
using Training.Data;
using Training.Domain.Common;

namespace Training.App.Modules.Access.Factors;

/// <summary>
/// Signs an adult in by a passkey, without a password: the device has checked finger, face or PIN, so it is both factors. A passkey nobody
/// has, one of a locked account and one of somebody without a role get the same answer.
/// </summary>
internal static class PasskeySignIn
{
    internal sealed class Handler(TrainingDbContext db, PasskeyCeremony ceremony, PasskeyBook passkeys, Lockout lockout, AccountSession session, TimeProvider time)
    {
        /// <summary>Asks this browser for one.</summary>
        public Task<string> AskAsync() => ceremony.AskForOneAsync();

        /// <returns>The account's language; refused with <c>passkeyRefused</c>.</returns>
        public async Task<Result<SignIn.Response>> HandleAsync(string? answer, bool remember, CancellationToken cancellationToken)
        {
            if (await ceremony.ReadOneAsync(answer) is not var (account, used) || lockout.IsLocked(account) || account.BlockedAt is not null
                || (await AccountIdentity.GrantsAsync(db, account.Id, time.Today(), cancellationToken)).Count == 0)
                return Faults.Only("passkey", "passkeyRefused");
            // Removed while it was used: it opens nothing any more.
            if (!(await passkeys.NoteUseAsync(account.Id, used, cancellationToken)).Succeeded) return Faults.Only("passkey", "passkeyRefused");
            await lockout.ForgetAsync(account, cancellationToken);
            await session.BeginAsync(account.Id, remember, cancellationToken);
            return new SignIn.Response(account.Language);
        }
    }
}
