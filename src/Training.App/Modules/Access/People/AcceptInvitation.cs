using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Training.Data;
using Training.Data.Access;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Access;
using Training.Domain.Common;

namespace Training.App.Modules.Access.People;

/// <summary>
/// Whoever holds a link sets the password of the account it names, once and in time. A blocked account is open again, and every sign-in
/// made with an earlier password ends. Unknown, used and late links answer alike.
/// </summary>
internal static class AcceptInvitation
{
    /// <param name="Secret">The link's secret.</param>
    /// <param name="Password">As typed.</param>
    internal sealed record Request(string? Secret, string? Password);

    /// <param name="Name">Whose account it is.</param>
    /// <param name="Email">Its address, for the browser's store of passwords.</param>
    internal sealed record Opened(string Name, string Email);

    internal sealed class Handler(TrainingDbContext db, IWriteGate gate, IPasswordHasher<Account> hasher, TimeProvider time)
    {
        private static readonly Error Closed = Error.NotFound("invitationClosed");

        /// <summary>Whose link it is.</summary>
        public async Task<Result<Opened>> LookAsync(string? secret, CancellationToken cancellationToken) =>
            await AccountOfAsync(db, secret, cancellationToken) is { } account ? new Opened(account.DisplayName, account.Email!) : Closed;

        public async Task<Result<Opened>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            if (await AccountOfAsync(db, request.Secret, cancellationToken) is not { } account) return Closed;
            var faults = new Faults();
            PasswordRule.Check(request.Password, [account.DisplayName, account.Email!], CommonPasswords.Contains, faults);
            if (!faults.None) return faults.ToError();
            var password = hasher.HashPassword(account, request.Password!);
            return await gate.WriteAsync<Opened>(
                AccessScope.None,
                async (write, token) =>
                {
                    DateTimeOffset? now = time.GetUtcNow();
                    var hash = InvitationLinks.HashOf(request.Secret!);
                    // Counted by the database, so that of two at the same instant one is told that the link is used.
                    var used = await write.Db.Set<Invitation>().Where(row => row.Hash == hash && row.UsedAt == null && row.ExpiresAt > now)
                        .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, now), token);
                    if (used == 0) return Closed;
                    await write.Db.Set<Account>().Where(row => row.Id == account.Id).ExecuteUpdateAsync(
                        set => set.SetProperty(row => row.PasswordHash, password).SetProperty(row => row.EmailConfirmed, true)
                            .SetProperty(row => row.AccessFailedCount, 0).SetProperty(row => row.LockoutEnd, (DateTimeOffset?)null)
                            .SetProperty(row => row.BlockedAt, (DateTimeOffset?)null).SetProperty(row => row.WarnedAt, (DateTimeOffset?)null)
                            .SetProperty(row => row.LastSeenAt, now), token);
                    await write.Db.Set<SignInSession>().Where(row => row.AccountId == account.Id && row.EndedAt == null)
                        .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, now), token);
                    return new Opened(account.DisplayName, account.Email!);
                },
                cancellationToken);
        }

        private async Task<Account?> AccountOfAsync(TrainingDbContext context, string? secret, CancellationToken cancellationToken)
        {
            if (string.IsNullOrEmpty(secret)) return null;
            var (hash, now) = (InvitationLinks.HashOf(secret), time.GetUtcNow());
            return await (from invitation in context.Set<Invitation>()
                          join account in context.Set<Account>() on invitation.AccountId equals account.Id
                          where invitation.Hash == hash && invitation.UsedAt == null && invitation.ExpiresAt > now
                          select account).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        }
    }
}
