using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.Data;
using Training.Domain.Directory;

namespace Training.App.Modules.Enrollments.Imports.Committing;

/// <summary>
/// Gives the rows of one chunk their groups: the one the list names, else the site's first with a place, opened on demand with the
/// edition's default capacity. Works on copies; <see cref="SaveAsync"/> writes what was taken.
/// </summary>
internal sealed class GroupPlaces
{
    private readonly Edition edition;
    private readonly Dictionary<int, SiteGroups> sites;
    private readonly HashSet<(int Site, string Name)> names;
    private int nextKey;

    private GroupPlaces(Edition edition, Dictionary<int, SiteGroups> sites, HashSet<(int, string)> names, int firstKey) =>
        (this.edition, this.sites, this.names, nextKey) = (edition, sites, names, firstKey);

    /// <summary>Groups opened for this chunk.</summary>
    public List<Group> Opened { get; } = [];

    /// <summary>Most groups that these rows can need.</summary>
    public static int Needed(IReadOnlyCollection<ReadyRow> rows, Edition edition) =>
        rows.Count / Math.Max(1, edition.DefaultGroupCapacity) + rows.DistinctBy(row => (row.Site.Id, row.GroupName)).Count();

    /// <summary>Reads the groups of these rows' sites.</summary>
    public static async Task<GroupPlaces> LoadAsync(
        TrainingDbContext db, IReadOnlyCollection<ReadyRow> rows, Edition edition, int firstKey, CancellationToken cancellationToken)
    {
        var siteIds = rows.Select(row => row.Site.Id).Distinct().ToArray();
        var named = rows.Select(row => row.GroupName).OfType<string>().Distinct().ToArray();
        var ofSites = db.Set<Group>().AsNoTracking().Where(row => row.EditionId == edition.Id && EF.Parameter(siteIds).Contains(row.SiteId));
        var open = await ofSites.Where(row => row.Taken < row.Capacity || EF.Parameter(named).Contains(row.Name)).ToListAsync(cancellationToken);
        var names = await ofSites.Select(row => new { row.SiteId, row.Name }).ToListAsync(cancellationToken);
        return new GroupPlaces(
            edition,
            open.GroupBy(row => row.SiteId).ToDictionary(site => site.Key, site => new SiteGroups([.. site.OrderBy(row => row.Id)])),
            [.. names.Select(row => (row.SiteId, row.Name))],
            firstKey);
    }

    /// <summary>A group for a row, and whether it has a place there.</summary>
    public (Group Group, bool HasPlace) Take(ReadyRow row)
    {
        if (!sites.TryGetValue(row.Site.Id, out var site)) sites.Add(row.Site.Id, site = new SiteGroups([]));
        var group = row.GroupName is null
            ? site.WithPlace() ?? Open(row.Site, site, FreeName(row.Site.Id))
            : site.Named(row.GroupName) ?? Open(row.Site, site, row.GroupName);
        if (group.Taken >= group.Capacity) return (group, false);
        group.Taken++;
        site.Changed.Add(group);
        return (group, true);
    }

    /// <summary>Writes the places taken in groups that existed before.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else took the places meanwhile; the chunk begins anew.</exception>
    public async Task SaveAsync(TrainingDbContext db, CancellationToken cancellationToken)
    {
        foreach (var (group, before) in sites.Values.SelectMany(site => site.Changed.Select(group => (group, site.TakenBefore(group)))))
        {
            if (before is not { } known) continue;
            var taken = group.Taken - known;
            var raised = await db.Set<Group>().Where(row => row.Id == group.Id && row.Taken + taken <= row.Capacity)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Taken, row => row.Taken + taken), cancellationToken);
            if (raised == 0) throw new DbUpdateConcurrencyException("The places of a group were taken meanwhile.");
        }
    }

    private Group Open(Site site, SiteGroups groups, string name)
    {
        var group = new Group
        {
            Id = nextKey++,
            SiteId = site.Id,
            RegionId = site.RegionId,
            EditionId = edition.Id,
            Name = name,
            Capacity = edition.DefaultGroupCapacity,
        };
        names.Add((site.Id, name));
        groups.All.Add(group);
        Opened.Add(group);
        return group;
    }

    private string FreeName(int siteId)
    {
        // Numbers on from the groups there are, as the single registration does.
        var number = names.Count(entry => entry.Site == siteId) + 1;
        string name;
        do name = number++.ToString(CultureInfo.InvariantCulture);
        while (names.Contains((siteId, name)));
        return name;
    }

    private sealed class SiteGroups(List<Group> all)
    {
        private readonly Dictionary<int, int> before = all.ToDictionary(group => group.Id, group => group.Taken);
        private int firstWithPlace;

        public List<Group> All { get; } = all;

        public HashSet<Group> Changed { get; } = [];

        public int? TakenBefore(Group group) => before.TryGetValue(group.Id, out var taken) ? taken : null;

        public Group? WithPlace()
        {
            while (firstWithPlace < All.Count && All[firstWithPlace].Taken >= All[firstWithPlace].Capacity) firstWithPlace++;
            return firstWithPlace < All.Count ? All[firstWithPlace] : null;
        }

        public Group? Named(string name) => All.Find(group => string.Equals(group.Name, name, StringComparison.OrdinalIgnoreCase));
    }
}
