using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.Data;
using Training.Domain.Registry;

namespace Training.App.Modules.Access;

/// <summary>
/// A family that came in before two files were merged goes on seeing its child, and one whose printed code was renewed since sees it no
/// more. The cookie keeps the key it was given, so that the family is at the right child again when the merge is undone.
/// </summary>
internal static class FamilyAliases
{
    public static async Task FollowAsync(CookieValidatePrincipalContext context)
    {
        if (context.Principal?.Identity is not ClaimsIdentity family) return;
        var children = CallerClaims.Read(context.Principal).Scope.Participants;
        if (children.Length == 0) return;
        var db = context.HttpContext.RequestServices.GetRequiredService<TrainingDbContext>();
        var files = await db.Set<Participant>().IgnoreQueryFilters().Where(row => EF.Parameter(children).Contains(row.Id))
            .Select(row => new { row.Id, row.MergedIntoId, row.ClaimIssue }).ToListAsync(context.HttpContext.RequestAborted);
        var papers = FamilyPaper.Of(context.Principal);
        int[] open = [.. files.Where(file => !papers.TryGetValue(file.Id, out var issue) || issue == file.ClaimIssue)
            .Select(file => file.MergedIntoId ?? file.Id).Distinct()];
        if (open.Length == 0)
        {
            context.RejectPrincipal();
            return;
        }
        if (open.Length == children.Length && open.All(children.Contains)) return;
        var followed = new ClaimsIdentity(
            family.Claims.Where(claim => claim.Type != CallerClaims.Participant), family.AuthenticationType, family.NameClaimType, family.RoleClaimType);
        foreach (var key in open) followed.AddClaim(new Claim(CallerClaims.Participant, key.ToString(CultureInfo.InvariantCulture)));
        context.ReplacePrincipal(new ClaimsPrincipal(followed));
    }
}
