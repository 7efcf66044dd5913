using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Training.App.Platform.Http;
using Training.Data;
using Training.Data.Registry;

namespace Training.App.Modules.Access;

/// <summary>
/// A family that came in before two files were merged goes on seeing its child. The cookie keeps the key it was given, so that the
/// family is at the right child again when the merge is undone.
/// </summary>
internal static class FamilyAliases
{
    public static async Task FollowAsync(CookieValidatePrincipalContext context)
    {
        if (context.Principal?.Identity is not ClaimsIdentity family) return;
        var children = CallerClaims.Read(context.Principal).Scope.Participants;
        if (children.Length == 0) return;
        var db = context.HttpContext.RequestServices.GetRequiredService<TrainingDbContext>();
        var merged = await ParticipantAliases.MergedAmongAsync(db, children, context.HttpContext.RequestAborted);
        if (merged.Count == 0) return;
        var followed = new ClaimsIdentity(
            family.Claims.Where(claim => claim.Type != CallerClaims.Participant), family.AuthenticationType, family.NameClaimType, family.RoleClaimType);
        foreach (var key in children.Select(key => merged.GetValueOrDefault(key, key)).Distinct())
            followed.AddClaim(new Claim(CallerClaims.Participant, key.ToString(CultureInfo.InvariantCulture)));
        context.ReplacePrincipal(new ClaimsPrincipal(followed));
    }
}
