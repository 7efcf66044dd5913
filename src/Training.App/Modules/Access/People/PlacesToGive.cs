using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data;
using Training.Domain.Access;
using Training.Domain.Directory;

namespace Training.App.Modules.Access.People;

/// <summary>The places a caller may give a role at, as a form offers them.</summary>
internal sealed class PlacesToGive(TrainingDbContext db, PeopleReach reach, DirectoryCatalog catalog, Texts texts, TimeProvider time)
{
    /// <summary>Most groups of a site that a form offers.</summary>
    private const int GroupsMax = 500;

    /// <param name="Key">Key of the kind's name.</param>
    /// <param name="Items">Code and name of each place.</param>
    internal sealed record Kind(string Key, IReadOnlyList<(string Code, string Name)> Items);

    /// <summary>Sites whose groups the caller gives to assistants, by name.</summary>
    public async Task<IReadOnlyList<(string Code, string Name)>> SitesAsync(CancellationToken cancellationToken)
    {
        var directory = await catalog.SnapshotAsync(cancellationToken);
        return
        [
            .. directory.Sites.Where(site => reach.Covers(Role.Assistant, new GrantPlace(GroupSiteId: site.Id), directory))
                .Select(site => (site.Code, Name: $"{SiteName(site)} ({site.Code})")).OrderBy(site => site.Name, Languages.NameOrder),
        ];
    }

    /// <summary>Kinds with a place in them, the widest first.</summary>
    /// <param name="groupsOf">Code of the one site whose groups are offered: a region has more of them than a list can hold. Null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<Kind>> ListAsync(string? groupsOf, CancellationToken cancellationToken)
    {
        var directory = await catalog.SnapshotAsync(cancellationToken);
        Kind[] kinds =
        [
            new("access.invite.regions", [.. directory.Regions.Where(region => Gives(Role.Coordinator, new GrantPlace(RegionId: region.Id))).Select(region => (region.Code, $"{Name(region.NameFr, region.NameAr)} ({region.Code})"))]),
            new("access.invite.leagues", [.. directory.Leagues.Where(league => league.RegionId is not null && Gives(Role.Coordinator, new GrantPlace(LeagueId: league.Id))).Select(league => (league.Code, $"{Name(league.NameFr, league.NameAr)} ({league.Code})"))]),
            new("access.invite.sites", [.. directory.Sites.Where(site => Gives(Role.Coach, new GrantPlace(SiteId: site.Id)))
                .Select(site => (site.Code, Name: $"{Name(site.NameFr, site.NameAr)} ({site.Code})")).OrderBy(site => site.Name, Languages.NameOrder)]),
            new("access.invite.groups", await GroupsAsync(groupsOf, directory, cancellationToken)),
        ];
        return [.. kinds.Where(kind => kind.Items.Count > 0)];

        bool Gives(Role role, GrantPlace place) => reach.Covers(role, place, directory);
    }

    /// <summary>A site's groups of running editions.</summary>
    private async Task<IReadOnlyList<(string Code, string Name)>> GroupsAsync(string? code, DirectorySnapshot directory, CancellationToken cancellationToken)
    {
        if (directory.FindSite(code) is not { } site || !reach.Covers(Role.Assistant, new GrantPlace(GroupSiteId: site.Id), directory)) return [];
        var (home, editions) = (site.Id, directory.RunningOn(time.Today()));
        var found = await db.Set<Group>().AsNoTracking()
            .Where(group => group.Capacity > 0 && editions.Contains(group.EditionId) && group.SiteId == home)
            .OrderBy(group => group.Id).Take(GroupsMax).ToListAsync(cancellationToken);
        return
        [
            .. found.Select(group => (OpaqueId.Group(group.Id), Name: $"{SiteName(directory.Site(group.SiteId))}, {GroupName(group.Name)} ({directory.Edition(group.EditionId).Code})"))
                .OrderBy(group => group.Name, Languages.NameOrder),
        ];
    }

    private static string SiteName(Site site) => Name(site.NameFr, site.NameAr);

    private string GroupName(string name) => name.All(char.IsAsciiDigit) ? texts["attendance.group", name] : name;

    private static string Name(string french, string arabic) => Languages.Current == "ar" ? arabic : french;
}
