using System.Globalization;
using System.Security.Claims;
using Training.App.Platform.Http;

namespace Training.App.Modules.Access;

/// <summary>Writes a grant's scope as claims.</summary>
internal static class ScopeClaims
{
    /// <summary>Nation when neither is named.</summary>
    public static IEnumerable<Claim> Of(int? regionId, int? siteId)
    {
        if (siteId is { } site) yield return new Claim(CallerClaims.Site, site.ToString(CultureInfo.InvariantCulture));
        else if (regionId is { } region) yield return new Claim(CallerClaims.Region, region.ToString(CultureInfo.InvariantCulture));
        else yield return new Claim(CallerClaims.Nation, "1");
    }
}
