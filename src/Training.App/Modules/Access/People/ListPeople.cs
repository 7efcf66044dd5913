using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.Data;
using Training.Data.Access;
using Training.Domain.Access;
using Training.Domain.Directory;

namespace Training.App.Modules.Access.People;

/// <summary>The adults of the caller's organisation: who holds which role, since when and until when.</summary>
internal static class ListPeople
{
    /// <param name="Id">Internal key.</param>
    /// <param name="Name">Name shown to colleagues.</param>
    /// <param name="Email">Address of the sign-in.</param>
    /// <param name="Standing">Where the account stands.</param>
    /// <param name="LastSeenAt">When it was last used; null when never since that is written down.</param>
    /// <param name="HasFactor">True with a second factor.</param>
    /// <param name="Roles">Roles held where the caller sees it, the current ones first.</param>
    /// <param name="Safeguarding">What is recorded, of those who work with children; empty for the others.</param>
    internal sealed record Person(
        int Id, string Name, string Email, Standing Standing, DateTimeOffset? LastSeenAt, bool HasFactor, IReadOnlyList<HeldRole> Roles,
        IReadOnlyList<Part> Safeguarding);

    /// <param name="Kind">What.</param>
    /// <param name="Standing">How it stands today.</param>
    /// <param name="DoneOn">The day of it; null when nothing is recorded.</param>
    /// <param name="EndsOn">Last day on which it holds; null: without end.</param>
    internal sealed record Part(SafeguardingKind Kind, SafeguardingStanding Standing, DateOnly? DoneOn, DateOnly? EndsOn);

    /// <param name="Grant">Internal key.</param>
    /// <param name="Role">The role.</param>
    /// <param name="Place">Where it is held.</param>
    /// <param name="GroupName">Name of its group; null when not by group.</param>
    /// <param name="StartsOn">First day; null: from the beginning.</param>
    /// <param name="EndsOn">Last day; null: without end.</param>
    /// <param name="Counts">True when it counts today.</param>
    /// <param name="IsMine">True when the caller may end it.</param>
    internal sealed record HeldRole(int Grant, Role Role, GrantPlace Place, string? GroupName, DateOnly? StartsOn, DateOnly? EndsOn, bool Counts, bool IsMine);

    /// <summary>Where an account stands.</summary>
    internal enum Standing
    {
        /// <summary>Has a password and a role today.</summary>
        Active,

        /// <summary>Has not set a password yet.</summary>
        Invited,

        /// <summary>Holds no role today.</summary>
        Ended,

        /// <summary>Was not used for long, and will be closed.</summary>
        Dormant,

        /// <summary>Was not used for so long that it was closed.</summary>
        Blocked,
    }

    internal sealed class Handler(TrainingDbContext db, PeopleReach reach, DirectoryCatalog catalog, TimeProvider time)
    {
        /// <summary>People on one page.</summary>
        public const int PageSize = 100;

        /// <summary>One page of them, by name.</summary>
        /// <param name="page">From 1; a number and no name, which an address must not carry.</param>
        /// <param name="cancellationToken">Gives up.</param>
        /// <returns>The people, and how many there are in all.</returns>
        public async Task<(IReadOnlyList<Person> Items, int Total)> HandleAsync(int page, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var seen = SeenAccounts(directory);
            var accounts = await seen.OrderBy(account => account.DisplayName).ThenBy(account => account.Id).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken);
            return (await ShowAsync(accounts, directory, cancellationToken), await seen.CountAsync(cancellationToken));
        }

        /// <summary>One of them; null when the caller does not see that person.</summary>
        public async Task<Person?> FindAsync(int? id, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var accounts = await SeenAccounts(directory).Where(account => account.Id == id).ToListAsync(cancellationToken);
            return (await ShowAsync(accounts, directory, cancellationToken)).SingleOrDefault();
        }

        private IQueryable<Account> SeenAccounts(DirectorySnapshot directory)
        {
            var holders = db.Set<RoleGrant>().Where(reach.Seen(directory)).Select(grant => grant.AccountId);
            return db.Set<Account>().AsNoTracking().Where(account => holders.Contains(account.Id));
        }

        private async Task<IReadOnlyList<Person>> ShowAsync(List<Account> accounts, DirectorySnapshot directory, CancellationToken cancellationToken)
        {
            var ids = accounts.ConvertAll(account => account.Id).ToArray();
            var grants = await db.Set<RoleGrant>().AsNoTracking().Where(reach.Seen(directory)).Where(grant => ids.Contains(grant.AccountId)).ToListAsync(cancellationToken);
            var factors = await db.Set<SecondFactor>().Where(factor => factor.ConfirmedAt != null && ids.Contains(factor.AccountId))
                .Select(factor => factor.AccountId)
                .Union(db.Set<IdentityUserPasskey<int>>().Where(passkey => ids.Contains(passkey.UserId)).Select(passkey => passkey.UserId)).ToListAsync(cancellationToken);
            var records = (await db.Set<SafeguardingRecord>().AsNoTracking().Where(record => ids.Contains(record.AccountId)).ToListAsync(cancellationToken))
                .ToLookup(record => record.AccountId);
            var groups = grants.Select(grant => grant.GroupId).OfType<int>().Distinct().ToArray();
            var names = groups.Length == 0 ? [] : await db.Set<Group>().Where(group => groups.Contains(group.Id)).ToDictionaryAsync(group => group.Id, group => group.Name, cancellationToken);
            var held = grants.ToLookup(grant => grant.AccountId);
            return accounts.ConvertAll(account => Show(account, held[account.Id], names, factors.Contains(account.Id), records[account.Id], directory));
        }

        private Person Show(
            Account account, IEnumerable<RoleGrant> grants, Dictionary<int, string> groups, bool hasFactor, IEnumerable<SafeguardingRecord> records, DirectorySnapshot directory)
        {
            var today = time.Today();
            var roles = grants.Select(grant => new HeldRole(
                    grant.Id, grant.Role, GrantPlace.Of(grant), grant.GroupId is { } group ? groups.GetValueOrDefault(group) : null, grant.StartsOn, grant.EndsOn, grant.IsHeldOn(today),
                    grant.EndedAt is null && !(grant.EndsOn < today) && reach.Covers(grant.Role, GrantPlace.Of(grant), directory)))
                .OrderByDescending(role => role.Counts).ThenByDescending(role => role.Grant).ToArray();
            var standing = account.BlockedAt is not null ? Standing.Blocked
                : account.PasswordHash is null ? Standing.Invited
                : !roles.Any(role => role.Counts) ? Standing.Ended
                : account.WarnedAt is null ? Standing.Active : Standing.Dormant;
            return new Person(account.Id, account.DisplayName, account.Email ?? "", standing, account.LastSeenAt, hasFactor, roles,
                roles.Any(role => role.Counts && Safeguarding.Concerns(role.Role)) ? PartsOf(records, today) : []);
        }

        private static Part[] PartsOf(IEnumerable<SafeguardingRecord> records, DateOnly today)
        {
            var newest = records.GroupBy(record => record.Kind).ToDictionary(kind => kind.Key, kind => kind.MaxBy(record => record.Id));
            return
            [
                .. Enum.GetValues<SafeguardingKind>().Select(kind => (Kind: kind, Record: newest.GetValueOrDefault(kind))).Select(part => new Part(
                    part.Kind, Safeguarding.StandingOf(part.Record is not null, part.Record?.EndsOn, today), part.Record?.DoneOn, part.Record?.EndsOn)),
            ];
        }
    }
}
