using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.Data;
using Training.Data.Access;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Access;
using Training.Domain.Common;

namespace Training.App.Modules.Access;

/// <summary>A person sets another password; every other sign-in of the account ends. Who asks has just typed the old one (<see cref="ProveAgain"/>).</summary>
internal static class ChangePassword
{
    internal sealed class Handler(TrainingDbContext db, IWriteGate gate, IPasswordHasher<Account> hasher, AccountSession session, Caller caller, TimeProvider time)
    {
        public async Task<Result<Done>> HandleAsync(string? password, CancellationToken cancellationToken)
        {
            var id = caller.AccountId;
            var account = await db.Set<Account>().AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
            var faults = new Faults();
            PasswordRule.Check(password, [account.DisplayName, account.Email!], CommonPasswords.Contains, faults);
            if (!faults.None) return faults.ToError();
            var (hash, own) = (hasher.HashPassword(account, password!), session.Id);
            return await gate.WriteAsync<Done>(
                AccessScope.None,
                async (write, token) =>
                {
                    DateTimeOffset? now = time.GetUtcNow();
                    await write.Db.Set<Account>().Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.PasswordHash, hash), token);
                    await write.Db.Set<SignInSession>().Where(row => row.AccountId == id && row.Id != own && row.EndedAt == null)
                        .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, now), token);
                    return new Done();
                },
                cancellationToken);
        }
    }
}
