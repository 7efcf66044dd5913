using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.Domain.Directory;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>
/// How many children of a preview would only wait, by the places that are free at this moment: a group named by the list is full, or
/// the site's limit is reached. Others may take places before the word is given, so it is a forecast.
/// </summary>
internal sealed class PlacesAhead(ReadDb db, DirectoryCatalog catalog)
{
    /// <param name="import">A list in preview.</param>
    /// <param name="staging">What was found of its rows.</param>
    /// <param name="decided">Rows that somebody decided to register.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<int> CountWaitingAsync(Import import, Staging staging, IEnumerable<int> decided, CancellationToken cancellationToken)
    {
        var places = staging.Places();
        foreach (var row in decided)
        {
            if (staging.Find(row) is { Place: > 0 and var number }) places[number] = places[number] with { Rows = places[number].Rows + 1 };
        }
        var directory = await catalog.SnapshotAsync(cancellationToken);
        var edition = directory.Edition(import.EditionId);
        var sites = places.Values.Select(place => place.SiteId).Distinct().ToArray();
        var groups = (await db.Set<Group>().Where(row => row.EditionId == edition.Id && row.Capacity > 0 && EF.Parameter(sites).Contains(row.SiteId)).ToListAsync(cancellationToken))
            .ToLookup(row => row.SiteId);
        return places.Values.GroupBy(place => place.SiteId)
            .Sum(site => CountWaiting([.. site], [.. groups[site.Key]], directory.LimitOf(edition.Id, site.Key), edition.DefaultGroupCapacity));
    }

    private static int CountWaiting(List<ListedPlace> asked, List<Group> groups, int? limit, int newGroup)
    {
        // Who names no group always finds one, since groups are opened on demand: only the limit stops them.
        var taking = 0;
        foreach (var place in asked)
        {
            var named = place.Group is null ? null : groups.Find(group => string.Equals(group.Name, place.Group, StringComparison.OrdinalIgnoreCase));
            var free = place.Group is null ? place.Rows : named is null ? newGroup : Math.Max(0, named.Capacity - named.Taken);
            taking += Math.Min(place.Rows, free);
        }
        var left = limit is { } most ? Math.Max(0, most - groups.Sum(group => group.Taken)) : taking;
        return asked.Sum(place => place.Rows) - Math.Min(taking, left);
    }
}
