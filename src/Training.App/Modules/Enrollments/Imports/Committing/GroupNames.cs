using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.Data;
using Training.Domain.Directory;

namespace Training.App.Modules.Enrollments.Imports.Committing;

/// <summary>
/// Names of the groups at sites where a list opens further ones: read once, and kept from one transaction to the next. Somebody else may
/// open a group in between; then the database refuses the second of that name, and the transaction begins anew with names read anew.
/// </summary>
internal sealed class GroupNames
{
    private readonly Dictionary<int, HashSet<string>> bySite = [];
    private int refusals;

    /// <summary>Reads the names at sites that are not known yet.</summary>
    public async Task LoadAsync(TrainingDbContext db, int editionId, IReadOnlyCollection<int> siteIds, CancellationToken cancellationToken)
    {
        var asked = siteIds.Where(site => !bySite.ContainsKey(site)).ToArray();
        if (asked.Length == 0) return;
        var groups = await db.Set<Group>().AsNoTracking().Where(row => row.EditionId == editionId && EF.Parameter(asked).Contains(row.SiteId))
            .Select(row => new { row.SiteId, row.Name }).ToListAsync(cancellationToken);
        foreach (var site in asked) bySite.Add(site, []);
        foreach (var group in groups) bySite[group.SiteId].Add(group.Name);
    }

    /// <summary>The next number that no group of the site bears, as a single registration names one.</summary>
    /// <param name="siteId">A site whose names were read.</param>
    /// <param name="opened">Groups that were opened in the same transaction, after the names were read.</param>
    public string Free(int siteId, IEnumerable<Group> opened)
    {
        var known = bySite[siteId];
        var here = opened.Where(group => group.SiteId == siteId).Select(group => group.Name).ToHashSet();
        // Where names that were read anew are refused again, the database takes another name for the same, as it does ２ for 2.
        var passed = refusals - 1;
        var number = known.Count + here.Count + 1;
        string name;
        do name = number++.ToString(CultureInfo.InvariantCulture);
        while (known.Contains(name) || here.Contains(name) || passed-- > 0);
        return name;
    }

    /// <summary>Notes groups that were opened.</summary>
    public void Keep(IEnumerable<Group> opened)
    {
        refusals = 0;
        foreach (var group in opened) bySite[group.SiteId].Add(group.Name);
    }

    /// <summary>To be called when a transaction was refused: what was read may be out of date.</summary>
    public void Forget()
    {
        refusals++;
        bySite.Clear();
    }
}
