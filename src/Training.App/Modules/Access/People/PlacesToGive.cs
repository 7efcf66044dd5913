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
internal sealed class PlacesToGive(TrainingDbContext db, PeopleReach reach, DirectoryCatalog catalog, Caller caller, Texts texts, TimeProvider time)
{
    /// <summary>Most groups a form offers: who answers for more names the group's id through a narrower role.</summary>
    private const int GroupsMax = 500;

    /// <param name="Key">Key of the kind's name.</param>
    /// <param name="Items">Code and name of each place.</param>
    internal sealed record Kind(string Key, IReadOnlyList<(string Code, string Name)> Items);

    /// <summary>Kinds with a place in them, the widest first.</summary>
    public async Task<IReadOnlyList<Kind>> ListAsync(CancellationToken cancellationToken)
    {
        var directory = await catalog.SnapshotAsync(cancellationToken);
        Kind[] kinds =
        [
            new("access.invite.regions", [.. directory.Regions.Where(region => Gives(Role.Coordinator, new GrantPlace(RegionId: region.Id))).Select(region => (region.Code, $"{Name(region.NameFr, region.NameAr)} ({region.Code})"))]),
            new("access.invite.leagues", [.. directory.Leagues.Where(league => league.RegionId is not null && Gives(Role.Coordinator, new GrantPlace(LeagueId: league.Id))).Select(league => (league.Code, $"{Name(league.NameFr, league.NameAr)} ({league.Code})"))]),
            new("access.invite.sites", [.. directory.Sites.Where(site => Gives(Role.Coach, new GrantPlace(SiteId: site.Id)))
                .Select(site => (site.Code, Name: $"{Name(site.NameFr, site.NameAr)} ({site.Code})")).OrderBy(site => site.Name, Languages.NameOrder)]),
            new("access.invite.groups", await GroupsAsync(directory, cancellationToken)),
        ];
        return [.. kinds.Where(kind => kind.Items.Count > 0)];

        bool Gives(Role role, GrantPlace place) => reach.Covers(role, place, directory);
    }

    /// <summary>Groups of running editions. For the nation there would be thousands: a region or a site gives them.</summary>
    private async Task<IReadOnlyList<(string Code, string Name)>> GroupsAsync(DirectorySnapshot directory, CancellationToken cancellationToken)
    {
        if (caller.Scope.Nation || !reach.Roles.Contains(Role.Assistant)) return [];
        var (sites, regions, editions) = (caller.Scope.Sites, caller.Scope.Regions, directory.RunningOn(time.Today()));
        var found = await db.Set<Group>().AsNoTracking()
            .Where(group => group.Capacity > 0 && editions.Contains(group.EditionId) && (sites.Contains(group.SiteId) || regions.Contains(group.RegionId)))
            .OrderBy(group => group.SiteId).ThenBy(group => group.Id).Take(GroupsMax).ToListAsync(cancellationToken);
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
