using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.Data.Scope;
using Training.Domain.Access;

namespace Training.Data.Access;

/// <summary>What somebody may decide on today, for work that goes on while they are away.</summary>
public static class CurrentRights
{
    /// <summary>
    /// The regions or the nation that a coordinator, the directorate or an organisation's machine answers for today; nothing when the
    /// account was closed, the role has ended or the key works no more.
    /// </summary>
    /// <param name="db">The context.</param>
    /// <param name="name">The caller's stable name: <c>account:7</c> or <c>key:3</c>.</param>
    /// <param name="today">The local day.</param>
    /// <param name="now">The instant.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<AccessScope> OfAsync(
        TrainingDbContext db, string name, DateOnly today, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (name.Split(':') is not [var kind, var text] || !int.TryParse(text, CultureInfo.InvariantCulture, out var id)) return AccessScope.None;
        if (kind == "key")
        {
            var key = await db.Set<ApiKey>().AsNoTracking().SingleOrDefaultAsync(
                row => row.Id == id && row.RevokedAt == null && (row.ExpiresAt == null || row.ExpiresAt > now) && row.SiteId == null, cancellationToken);
            return key is null ? AccessScope.None : key.RegionId is { } region ? AccessScope.Region(region) : AccessScope.Whole;
        }
        if (kind != "account" || !await db.Set<Account>().AnyAsync(row => row.Id == id && row.BlockedAt == null, cancellationToken)) return AccessScope.None;
        var grants = await db.Set<RoleGrant>().AsNoTracking().Where(RoleGrant.CountsOn(today))
            .Where(row => row.AccountId == id && (row.Role == Role.Directorate || (row.Role == Role.Coordinator && row.RegionId != null)))
            .Select(row => new { row.Role, row.RegionId }).ToListAsync(cancellationToken);
        return grants.Exists(row => row.Role == Role.Directorate) ? AccessScope.Whole : new AccessScope(false, [.. grants.Select(row => row.RegionId).OfType<int>()], [], []);
    }
}
