using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Enrollments.Lifecycle;
using Training.Data.Writing;
using Training.Data;
using Training.Domain.Directory;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports.Committing;

/// <summary>
/// Gives the rows of one chunk their groups: the one the list names, else the site's first with a place, opened on demand with the
/// edition's default capacity. Works on copies; <see cref="Save"/> writes what was taken.
/// </summary>
internal sealed class GroupPlaces
{
    private const string Raise = """UPDATE "Groups" SET "Taken" = "Taken" + @p0 WHERE "Id" = @p1 AND "Taken" + @p0 <= "Capacity" """;

    private readonly Edition edition;
    private readonly int importId;
    private readonly Dictionary<int, SiteGroups> sites;
    private readonly GroupNames names;
    private readonly Turn turn;

    private GroupPlaces(Edition edition, int importId, Dictionary<int, SiteGroups> sites, GroupNames names, Turn turn) =>
        (this.edition, this.importId, this.sites, this.names, this.turn) = (edition, importId, sites, names, turn);

    /// <summary>Groups opened for this chunk.</summary>
    public List<Group> Opened { get; } = [];

    /// <summary>Most groups that these rows can need.</summary>
    public static int Needed(IReadOnlyCollection<ReadyRow> rows, Edition edition) =>
        rows.Count / Math.Max(1, edition.DefaultGroupCapacity) + rows.DistinctBy(row => (row.Site.Id, row.GroupName)).Count();

    /// <summary>Reads the groups of these rows' sites.</summary>
    /// <param name="db">Sees the whole country.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="edition">Their edition.</param>
    /// <param name="importId">The import that opens groups.</param>
    /// <param name="names">Names that are taken; reads those it does not know yet.</param>
    /// <param name="turn">What the chunks before came to, which are not committed yet.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<GroupPlaces> LoadAsync(
        TrainingDbContext db, IReadOnlyCollection<ReadyRow> rows, Edition edition, int importId, GroupNames names, Turn turn, CancellationToken cancellationToken)
    {
        var siteIds = rows.Select(row => row.Site.Id).Distinct().ToArray();
        // Where rows name groups all are read: whether U13 is u13 is not left to the database.
        var named = rows.Where(row => row.GroupName is not null).Select(row => row.Site.Id).Distinct().ToArray();
        var ofSites = db.Set<Group>().AsNoTracking().Where(row => row.EditionId == edition.Id && row.Capacity > 0 && EF.Parameter(siteIds).Contains(row.SiteId));
        var limits = await db.Set<SiteLimit>().AsNoTracking().Where(row => row.EditionId == edition.Id && EF.Parameter(siteIds).Contains(row.SiteId))
            .Select(row => new { row.SiteId, row.Places, Taken = ofSites.Where(group => group.SiteId == row.SiteId).Sum(group => group.Taken) })
            .ToDictionaryAsync(row => row.SiteId, row => Math.Max(0, row.Places - row.Taken), cancellationToken);
        var waitedFor = await WaitingList.Waiting(db.Set<Enrollment>().IgnoreQueryFilters())
            .Where(row => row.EditionId == edition.Id && row.OfferExpiresAt == null && EF.Parameter(siteIds).Contains(row.SiteId))
            .Select(row => new { row.SiteId, row.GroupId }).Distinct().ToListAsync(cancellationToken);
        // Under a limit of the site those who wait for any of its groups come first.
        foreach (var site in waitedFor.Select(row => row.SiteId).Where(limits.ContainsKey)) limits[site] = 0;
        var whole = named.Union(limits.Keys).ToArray();
        var free = ofSites.Where(row => row.Taken < row.Capacity);
        var open = await (whole.Length == 0 ? free : ofSites.Where(row => row.Taken < row.Capacity || EF.Parameter(whole).Contains(row.SiteId)))
            .ToListAsync(cancellationToken);
        var openOf = open.ToLookup(row => row.SiteId);
        var waitedForAt = waitedFor.ToLookup(row => row.SiteId, row => row.GroupId);
        var bySite = siteIds.ToDictionary(
            site => site,
            site => new SiteGroups([.. openOf[site].OrderBy(row => row.Id)], limits.TryGetValue(site, out var left) ? left : null, [.. waitedForAt[site]]));
        // A new group is named after those there are, the full ones too: read only where one may have to be opened.
        var mayOpen = rows.GroupBy(row => row.Site.Id).Where(site => bySite[site.Key].MayOpenFor(site)).Select(site => site.Key);
        await names.LoadAsync(db, edition.Id, [.. mayOpen], cancellationToken);
        return new GroupPlaces(edition, importId, bySite, names, turn);
    }

    /// <summary>A group for a row, and whether it has a place there.</summary>
    public (Group Group, bool HasPlace) Take(ReadyRow row)
    {
        var site = sites[row.Site.Id];
        var group = row.GroupName is not null ? site.Named(row.GroupName) ?? Open(row.Site, site, row.GroupName)
            // A full site opens no further group: the child waits where a place may come free.
            : site.WithPlace() ?? (site.IsFull ? site.All.FirstOrDefault() : null) ?? Open(row.Site, site, names.Free(row.Site.Id, turn.Opened.Concat(Opened)));
        if (site.IsFull || !site.HasPlace(group)) return (group, false);
        group.Taken++;
        site.Left--;
        site.Changed.Add(group);
        return (group, true);
    }

    /// <summary>Writes the places taken in groups that existed before.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else took the places meanwhile; the transaction begins anew.</exception>
    public void Save(IStatements sql)
    {
        foreach (var (group, before) in sites.Values.SelectMany(site => site.Changed.Select(group => (group, site.TakenBefore(group)))))
        {
            if (before is not { } known) continue;
            if (sql.Execute(Raise, group.Taken - known, group.Id) == 0) throw new DbUpdateConcurrencyException("The places of a group were taken meanwhile.");
        }
    }

    private Group Open(Site site, SiteGroups groups, string name)
    {
        var group = new Group
        {
            Id = turn.NextGroupKey + Opened.Count,
            SiteId = site.Id,
            RegionId = site.RegionId,
            EditionId = edition.Id,
            Name = name,
            Capacity = edition.DefaultGroupCapacity,
            ImportId = importId,
        };
        groups.All.Add(group);
        Opened.Add(group);
        return group;
    }

    private sealed class SiteGroups(List<Group> all, int? left, HashSet<int> waitedFor)
    {
        private readonly Dictionary<int, int> before = all.ToDictionary(group => group.Id, group => group.Taken);
        private int firstWithPlace;

        public List<Group> All { get; } = all;

        /// <summary>Places left under the site's limit; null when it has none.</summary>
        public int? Left { get; set; } = left;

        public bool IsFull => Left is 0;

        public HashSet<Group> Changed { get; } = [];

        /// <summary>Whether these rows may need a group that is not there yet.</summary>
        public bool MayOpenFor(IEnumerable<ReadyRow> rows)
        {
            var anywhere = 0;
            foreach (var row in rows)
            {
                if (row.GroupName is { } name && Named(name) is null) return true;
                anywhere++;
            }
            return anywhere > All.Where(HasPlace).Sum(group => group.Capacity - group.Taken);
        }

        public int? TakenBefore(Group group) => before.TryGetValue(group.Id, out var taken) ? taken : null;

        public Group? WithPlace()
        {
            while (firstWithPlace < All.Count && !HasPlace(All[firstWithPlace])) firstWithPlace++;
            return firstWithPlace < All.Count ? All[firstWithPlace] : null;
        }

        /// <summary>False when the group is full, or when others wait for it: a newcomer does not pass them.</summary>
        public bool HasPlace(Group group) => group.Taken < group.Capacity && !waitedFor.Contains(group.Id);

        public Group? Named(string name) => All.Find(group => string.Equals(group.Name, name, StringComparison.OrdinalIgnoreCase));
    }
}
