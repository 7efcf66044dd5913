using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Data;
using Training.Data.Access;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;

namespace Training.App.Modules.Access.People;

/// <summary>Ends a role now, or sends a person a new link to set the password.</summary>
internal static class ChangePerson
{
    internal sealed class Handler(PeopleReach reach, InvitationLinks links, DirectoryCatalog catalog, IWriteGate gate, Caller caller, TimeProvider time)
    {
        /// <summary>Ends a role; the person feels it at the next request, in every process.</summary>
        public async Task<Result<Done>> EndRoleAsync(int account, int grant, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            return await gate.WriteAsync<Done>(
                AccessScope.None,
                async (write, token) =>
                {
                    var row = await write.Db.Set<RoleGrant>().AsTracking().SingleOrDefaultAsync(held => held.Id == grant && held.AccountId == account && held.EndedAt == null, token);
                    if (row is null || !reach.Covers(row.Role, GrantPlace.Of(row), directory)) return Error.NotFound("personNotFound");
                    row.End(caller.Name, time.GetUtcNow());
                    await write.Db.SaveChangesAsync(token);
                    return new Done();
                },
                cancellationToken);
        }

        /// <summary>
        /// Sends a new link. Only to whom every role was given by the caller's level: else a link would open an account that reaches further
        /// than the sender.
        /// </summary>
        /// <param name="account">Whose.</param>
        /// <param name="lostPhone">True to take the second factor away too: the person has neither the phone nor a recovery code.</param>
        /// <param name="cancellationToken">Gives up.</param>
        public async Task<Result<SentLink>> SendLinkAsync(int account, bool lostPhone, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var (link, secret) = links.New();
            var person = await gate.WriteAsync<Account>(
                AccessScope.None,
                async (write, token) =>
                {
                    var found = await write.Db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == account, token);
                    var held = await write.Db.Set<RoleGrant>().AsNoTracking().Where(row => row.AccountId == account && row.EndedAt == null).ToListAsync(token);
                    if (found is null || held.Count == 0 || !held.TrueForAll(row => reach.Covers(row.Role, GrantPlace.Of(row), directory))) return Error.NotFound("personNotFound");
                    await links.ReplaceAsync(write.Db, account, secret, caller.Name, token);
                    if (lostPhone) await ForgetFactorAsync(write.Db, account, token);
                    await write.Db.SaveChangesAsync(token);
                    return found;
                },
                cancellationToken);
            return person.Succeeded ? await links.SendAsync(person.Value, link, cancellationToken) : person.Error;
        }

        private static async Task ForgetFactorAsync(TrainingDbContext db, int account, CancellationToken cancellationToken)
        {
            await db.Set<SecondFactor>().Where(row => row.AccountId == account).ExecuteDeleteAsync(cancellationToken);
            await db.Set<IdentityUserPasskey<int>>().Where(row => row.UserId == account).ExecuteDeleteAsync(cancellationToken);
            await db.Set<RecoveryCode>().Where(row => row.AccountId == account).ExecuteDeleteAsync(cancellationToken);
        }
    }
}
