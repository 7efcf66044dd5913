using Training.App.Platform.Directory;
using Training.Data.Access;
using Training.Domain.Access;
using Training.Domain.Directory;

namespace Training.App.Modules.Access.People;

/// <summary>Where a role is held: one of region, league, site and group, or nowhere in particular.</summary>
/// <param name="RegionId">The region; null when not by region.</param>
/// <param name="LeagueId">The regional league; null when not by league.</param>
/// <param name="SiteId">The site; null when not by site.</param>
/// <param name="GroupId">The group; null when not by group.</param>
/// <param name="GroupSiteId">The group's site; null when not by group.</param>
internal sealed record GrantPlace(int? RegionId = null, int? LeagueId = null, int? SiteId = null, int? GroupId = null, int? GroupSiteId = null)
{
    /// <summary>Where a role that is held is held.</summary>
    public static GrantPlace Of(RoleGrant grant) => new(grant.RegionId, grant.LeagueId, grant.SiteId, grant.GroupId, grant.GroupSiteId);

    /// <summary>
    /// The place that a code names for a role: a region or a regional league for a coordinator, a site for a coach or facilitator, a group
    /// for an assistant, none for the others. Null when the code names no such place. Codes of regions are digits, those of leagues never.
    /// </summary>
    /// <param name="role">The role.</param>
    /// <param name="code">As given.</param>
    /// <param name="directory">The directory.</param>
    /// <param name="group">The group that the code names; null when it names none.</param>
    public static GrantPlace? For(Role? role, string? code, DirectorySnapshot directory, Group? group) => role switch
    {
        Role.Coordinator when directory.FindRegion(code) is { } region => new GrantPlace(RegionId: region.Id),
        // A national league has no territory, and no club lies in it.
        Role.Coordinator when directory.FindLeague(code) is { RegionId: not null } league => new GrantPlace(LeagueId: league.Id),
        Role.Coach or Role.Facilitator when directory.FindSite(code) is { } site => new GrantPlace(SiteId: site.Id),
        Role.Assistant when group is { IsClosed: false } => new GrantPlace(GroupId: group.Id, GroupSiteId: group.SiteId),
        Role.Directorate or Role.Operator when string.IsNullOrEmpty(code) => new GrantPlace(),
        _ => null,
    };

    /// <summary>The site whose people answer for the place; null when it is no site and no group.</summary>
    public int? Home => SiteId ?? GroupSiteId;
}
