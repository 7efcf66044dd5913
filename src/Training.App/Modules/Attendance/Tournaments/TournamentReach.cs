using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Domain.Attendance.Tournaments;

namespace Training.App.Modules.Attendance.Tournaments;

/// <summary>
/// Which tournaments a caller is shown: those of its region. A tournament names no child; its squads are guarded by the scope filters.
/// </summary>
internal sealed class TournamentReach(ReadDb db, DirectoryCatalog catalog, Caller caller)
{
    /// <summary>The tournaments the caller is shown.</summary>
    public async Task<IQueryable<Tournament>> VisibleAsync(CancellationToken cancellationToken)
    {
        if (caller.Scope.Nation) return db.Set<Tournament>();
        var directory = await catalog.SnapshotAsync(cancellationToken);
        var regions = caller.Scope.Regions.Concat(caller.Scope.Sites.Select(site => directory.Site(site).RegionId)).Distinct().ToArray();
        return db.Set<Tournament>().Where(row => regions.Contains(row.RegionId));
    }

    /// <summary>One of them; null when there is none of that id.</summary>
    public async Task<Tournament?> FindAsync(string? id, CancellationToken cancellationToken)
    {
        var key = OpaqueId.ParseTournament(id) ?? 0;
        return await (await VisibleAsync(cancellationToken)).SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
    }
}
