using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Domain.Registry;

namespace Training.App.Modules.Registry.Searching;

/// <summary>Finds children whom the caller's own sites withdrew in an edition that runs: few, and outside of what the caller sees otherwise.</summary>
internal sealed class FormerSearch(NamedChildren named, ReadDb db, DirectoryCatalog catalog, Caller caller, TimeProvider time)
{
    /// <summary>More than a club loses in a year.</summary>
    private const int Most = 500;

    /// <summary>The child of a file; null when it is none of theirs.</summary>
    public async Task<Participant?> FindAsync(int key, CancellationToken cancellationToken) =>
        await (await PeopleAsync(cancellationToken)).SingleOrDefaultAsync(row => row.Id == key, cancellationToken);

    /// <summary>The children found so far and those of theirs whose names answer too, the closest first.</summary>
    public async Task<IReadOnlyList<NamedChild>> WithNamedAsync(IReadOnlyList<NamedChild> found, string text, CancellationToken cancellationToken)
    {
        if (caller.Scope.Sites.Length == 0) return found;
        var few = await (await PeopleAsync(cancellationToken)).OrderByDescending(row => row.Id).Take(Most).ToListAsync(cancellationToken);
        if (few.Count == 0) return found;
        return [.. found.Concat(await named.AmongAsync(few, text, cancellationToken)).DistinctBy(row => row.Child.Id)
            .OrderBy(row => row.Rank).ThenBy(row => row.Child.Id)];
    }

    private async Task<IQueryable<Participant>> PeopleAsync(CancellationToken cancellationToken) =>
        db.FormerPeople((await catalog.SnapshotAsync(cancellationToken)).RunningOn(time.Today()));
}
