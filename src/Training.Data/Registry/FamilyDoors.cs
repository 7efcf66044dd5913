using Microsoft.EntityFrameworkCore;
using Training.Data.Providers;
using Training.Data.Writing;
using Training.Domain.Families;
using Training.Domain.Registry;

namespace Training.Data.Registry;

/// <summary>The ways in of families, and how they end: a guardian has one phone for all children, so the former one is out for all of them.</summary>
/// <param name="session">The change; its scope does not count.</param>
/// <param name="provider">Lets changes wait for each other.</param>
public sealed class FamilyDoors(WriteSession session, IDatabaseProvider provider)
{
    /// <summary>Codes of one child's family are sent and tried one after another under this name, and end under it.</summary>
    public static string CodesOf(int child) => FormattableString.Invariant($"family-code:{child}");

    /// <summary>Lets the codes of these children wait; in one order, so that two changes of one family do not wait for each other.</summary>
    public async Task HoldAsync(IEnumerable<int> children, CancellationToken cancellationToken)
    {
        foreach (var key in children.Distinct().Order()) await provider.SerializeAsync(session.Db, CodesOf(key), cancellationToken);
    }

    /// <summary>Links and codes of a guardian open nothing more; answers whose family session is to end with them.</summary>
    /// <param name="guardian">Key of the guardian.</param>
    /// <param name="child">The only child that is meant; null: all of the guardian's.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<List<int>> ShutAsync(int guardian, int? child, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await All<PersonalLink>().Where(row => row.GuardianId == guardian && (child == null || row.ParticipantId == child) && row.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, now), cancellationToken);
        await All<OneTimeCode>().Where(row => row.GuardianId == guardian && (child == null || row.ParticipantId == child) && row.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, now), cancellationToken);
        return child is { } one ? [one]
            : await All<Guardianship>().Where(row => row.GuardianId == guardian).Select(row => row.ParticipantId).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Renews printed codes: a session of a family ends with the paper under which it was opened. The paper of a file that was merged into a
    /// child's leads to the child as well, and ends with it.
    /// </summary>
    /// <param name="children">Whose.</param>
    /// <param name="secret">From which printed codes are derived.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RenewAsync(IEnumerable<int> children, byte[] secret, CancellationToken cancellationToken)
    {
        foreach (var child in await FilesAsync([.. children], cancellationToken))
        {
            child.ClaimIssue++;
            child.ClaimHash = ClaimCode.Derive(secret, child.Id, child.ClaimIssue).LookupHash();
        }
        await session.Db.SaveChangesAsync(cancellationToken);
    }

    private Task<List<Participant>> FilesAsync(int[] children, CancellationToken cancellationToken) => All<Participant>().AsTracking()
        .Where(row => children.Contains(row.Id) || (row.MergedIntoId != null && children.Contains(row.MergedIntoId.Value)))
        .OrderBy(row => row.Id).ToListAsync(cancellationToken);

    private IQueryable<TEntity> All<TEntity>()
        where TEntity : class => session.Db.Set<TEntity>().IgnoreQueryFilters();
}
