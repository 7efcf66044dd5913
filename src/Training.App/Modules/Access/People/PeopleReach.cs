using System.Linq.Expressions;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Data.Access;
using Training.Domain.Access;

namespace Training.App.Modules.Access.People;

/// <summary>Whose roles a caller gives and takes: those of the levels below, within the caller's own regions.</summary>
internal sealed class PeopleReach(Caller caller)
{
    /// <summary>Roles the caller gives.</summary>
    public IReadOnlyList<Role> Roles { get; } = [.. caller.Roles.SelectMany(Granting.GivenBy).Distinct()];

    /// <summary>True when the caller gives and takes this role there.</summary>
    public bool Covers(Role role, int? regionId, int? siteId, DirectorySnapshot directory) => Roles.Contains(role)
        && (caller.Scope.Nation
            || (regionId is { } region && caller.Scope.Regions.Contains(region))
            || (siteId is { } site && caller.Scope.Covers(site, directory.Site(site).RegionId)));

    /// <summary>Roles that the caller sees: all for the nation, else those held in the caller's regions.</summary>
    public Expression<Func<RoleGrant, bool>> Seen(DirectorySnapshot directory)
    {
        if (caller.Scope.Nation) return grant => true;
        int?[] regions = [.. caller.Scope.Regions];
        int?[] sites = [.. directory.Sites.Where(site => caller.Scope.Covers(site.Id, site.RegionId)).Select(site => site.Id)];
        return grant => regions.Contains(grant.RegionId) || sites.Contains(grant.SiteId);
    }
}
