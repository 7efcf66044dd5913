using System.Globalization;
using System.Security.Claims;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Data.Access;
using Training.Domain.Access;
using Training.Domain.Directory;

namespace Training.App.Modules.Access;

/// <summary>Writes the scope of grants and keys as claims.</summary>
internal static class ScopeClaims
{
    /// <summary>Of a key: nation when neither is named.</summary>
    public static IEnumerable<Claim> Of(int? regionId, int? siteId)
    {
        if (siteId is { } site) yield return Claim(CallerClaims.Site, site);
        else if (regionId is { } region)
        {
            yield return Claim(CallerClaims.Region, region);
            yield return Claim(CallerClaims.CoordinatedRegion, region);
        }
        else yield return new Claim(CallerClaims.Nation, "1");
    }

    /// <summary>
    /// Of the roles a person holds. A league is the clubs that lie in it on this day: the data layer sees sites. A group whose site the
    /// person sees anyway adds nothing, and is left out. What a coordinator's role gives is said a second time, since sites and regions alone do
    /// not tell by which role they were given.
    /// </summary>
    public static IEnumerable<Claim> Of(IReadOnlyCollection<RoleGrant> grants, DirectorySnapshot directory)
    {
        foreach (var grant in grants.Where(grant => grant.Role != Role.Operator))
        {
            if (grant is { Role: Role.Assistant, GroupId: { } group })
            {
                if (!IsInside(grant.GroupSiteId!.Value, grants, directory)) yield return Claim(CallerClaims.Group, group);
            }
            else if (grant.LeagueId is { } league)
            {
                yield return Claim(CallerClaims.League, league);
                foreach (var claim in ClubsOf(league, directory).SelectMany(club => Of(grant, CallerClaims.Site, CallerClaims.CoordinatedSite, club.Id))) yield return claim;
            }
            else if (grant.SiteId is { } site)
            {
                foreach (var claim in Of(grant, CallerClaims.Site, CallerClaims.CoordinatedSite, site)) yield return claim;
            }
            else if (grant.RegionId is { } region)
            {
                foreach (var claim in Of(grant, CallerClaims.Region, CallerClaims.CoordinatedRegion, region)) yield return claim;
            }
            else if (grant.Role == Role.Directorate) yield return new Claim(CallerClaims.Nation, "1");
        }
    }

    /// <summary>The clubs of a regional league, open or not. Youth houses of its provinces are none of its.</summary>
    public static IEnumerable<Site> ClubsOf(int leagueId, DirectorySnapshot directory) =>
        directory.Sites.Where(site => site.Kind == SiteKind.Club && site.LeagueId == leagueId);

    private static bool IsInside(int siteId, IEnumerable<RoleGrant> grants, DirectorySnapshot directory)
    {
        var site = directory.Site(siteId);
        return grants.Any(grant => grant.Role == Role.Directorate || grant.SiteId == siteId || grant.RegionId == site.RegionId
            || (site.Kind == SiteKind.Club && grant.LeagueId == site.LeagueId));
    }

    private static IEnumerable<Claim> Of(RoleGrant grant, string type, string coordinated, int key)
    {
        yield return Claim(type, key);
        if (grant.Role is Role.Coordinator or Role.Directorate) yield return Claim(coordinated, key);
    }

    private static Claim Claim(string type, int key) => new(type, key.ToString(CultureInfo.InvariantCulture));
}
