using System.Linq.Expressions;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Data.Access;
using Training.Data.Scope;
using Training.Domain.Access;

namespace Training.App.Modules.Access.People;

/// <summary>Whose roles a caller gives and takes: those of the levels below, within the caller's own scope.</summary>
internal sealed class PeopleReach(Caller caller)
{
    /// <summary>Roles the caller gives.</summary>
    public IReadOnlyList<Role> Roles { get; } = [.. caller.Roles.SelectMany(Granting.GivenBy).Distinct()];

    /// <summary>
    /// True when the caller gives and takes this role there. Each role gives its own, where it is held itself: who coordinates in one place and
    /// works at a site in another appoints nobody but the site's assistants there.
    /// </summary>
    public bool Covers(Role role, GrantPlace place, DirectorySnapshot directory) => (Roles.Contains(role) && caller.Coordinated.Nation)
        || (Granting.GivenBy(Role.Coordinator).Contains(role) && Lies(place, caller.Coordinated, directory))
        // A coordinator's own sites are among those seen, and give assistants as well.
        || (Granting.GivenBy(Role.Coach).Contains(role) && Roles.Contains(role) && place.LeagueId is null && Lies(place, caller.Scope, directory));

    /// <summary>
    /// Roles that the caller sees: all for the nation; those held in the regions and clubs that are coordinated; and those of groups of every
    /// site of the caller, since colleagues are not the business of a colleague.
    /// </summary>
    public Expression<Func<RoleGrant, bool>> Seen(DirectorySnapshot directory)
    {
        var own = caller.Coordinated;
        if (own.Nation) return grant => true;
        int?[] regions = [.. own.Regions];
        int?[] leagues = [.. directory.Leagues.Where(league => league.RegionId is { } region && own.Regions.Contains(region)).Select(league => league.Id)];
        var (sites, homes) = (SitesOf(own, directory), SitesOf(caller.Scope, directory));
        return grant => regions.Contains(grant.RegionId) || leagues.Contains(grant.LeagueId) || sites.Contains(grant.SiteId) || homes.Contains(grant.GroupSiteId);
    }

    /// <summary>A region is the nation's to give; a league, which lies in a region, also that region's.</summary>
    private static bool Lies(GrantPlace place, AccessScope scope, DirectorySnapshot directory) =>
        (place.LeagueId is { } league && directory.League(league).RegionId is { } region && scope.Regions.Contains(region))
        || (place.Home is { } site && scope.Covers(site, directory.Site(site).RegionId));

    private static int?[] SitesOf(AccessScope scope, DirectorySnapshot directory) =>
        [.. directory.Sites.Where(site => scope.Covers(site.Id, site.RegionId)).Select(site => (int?)site.Id)];
}
