using System.Linq.Expressions;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Data.Access;
using Training.Domain.Access;

namespace Training.App.Modules.Access.People;

/// <summary>Whose roles a caller gives and takes: those of the levels below, within the caller's own scope.</summary>
internal sealed class PeopleReach(Caller caller)
{
    /// <summary>Roles the caller gives.</summary>
    public IReadOnlyList<Role> Roles { get; } = [.. caller.Roles.SelectMany(Granting.GivenBy).Distinct()];

    /// <summary>True when the caller gives and takes this role there.</summary>
    public bool Covers(Role role, GrantPlace place, DirectorySnapshot directory) => Roles.Contains(role)
        && (caller.Scope.Nation
            // A region is the nation's to give; a league, which lies in a region, also that region's.
            || (place.LeagueId is { } league && directory.League(league).RegionId is { } region && caller.Scope.Regions.Contains(region))
            || (place.Home is { } site && caller.Scope.Covers(site, directory.Site(site).RegionId)));

    /// <summary>
    /// Roles that the caller sees: all for the nation; those held in the caller's regions and clubs for a coordinator; for who works at a
    /// site those of its groups alone, since colleagues are not the business of a colleague.
    /// </summary>
    public Expression<Func<RoleGrant, bool>> Seen(DirectorySnapshot directory)
    {
        if (caller.Scope.Nation) return grant => true;
        int?[] sites = [.. directory.Sites.Where(site => caller.Scope.Covers(site.Id, site.RegionId)).Select(site => site.Id)];
        if (!caller.Is(Role.Coordinator)) return grant => sites.Contains(grant.GroupSiteId);
        int?[] regions = [.. caller.Scope.Regions];
        int?[] leagues = [.. directory.Leagues.Where(league => league.RegionId is { } region && caller.Scope.Regions.Contains(region)).Select(league => league.Id)];
        return grant => regions.Contains(grant.RegionId) || leagues.Contains(grant.LeagueId) || sites.Contains(grant.SiteId) || sites.Contains(grant.GroupSiteId);
    }
}
