using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Training.Data.Access;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;

namespace Training.App.Modules.Access;

/// <summary>Counts wrong passwords and codes of an account together, and closes it for a while after too many.</summary>
internal sealed class Lockout(IWriteGate gate, IOptions<IdentityOptions> identity, TimeProvider time)
{
    /// <summary>True while no password and no code is looked at.</summary>
    public bool IsLocked(Account account) => account.LockoutEnabled && account.LockoutEnd > time.GetUtcNow();

    /// <summary>Counts a failure.</summary>
    public Task CountAsync(int accountId, CancellationToken cancellationToken)
    {
        var rule = identity.Value.Lockout;
        DateTimeOffset? end = time.GetUtcNow() + rule.DefaultLockoutTimeSpan;
        return ChangeAsync(
            accountId,
            async (account, token) =>
            {
                await account.ExecuteUpdateAsync(set => set.SetProperty(row => row.AccessFailedCount, row => row.AccessFailedCount + 1), token);
                await account.Where(row => row.AccessFailedCount >= rule.MaxFailedAccessAttempts).ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.AccessFailedCount, 0).SetProperty(row => row.LockoutEnd, end), token);
            },
            cancellationToken);
    }

    /// <summary>Forgets the failures after a success.</summary>
    public Task ForgetAsync(Account account, CancellationToken cancellationToken) => account.AccessFailedCount == 0
        ? Task.CompletedTask
        : ChangeAsync(
            account.Id, (row, token) => row.ExecuteUpdateAsync(set => set.SetProperty(found => found.AccessFailedCount, 0), token), cancellationToken);

    private Task ChangeAsync(int accountId, Func<IQueryable<Account>, CancellationToken, Task> change, CancellationToken cancellationToken) =>
        gate.WriteAsync<Done>(
            AccessScope.None,
            async (write, token) =>
            {
                await change(write.Db.Set<Account>().Where(row => row.Id == accountId), token);
                return new Done();
            },
            cancellationToken);
}
