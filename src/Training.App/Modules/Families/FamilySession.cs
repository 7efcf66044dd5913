using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.Data;
using Training.Domain.Registry;

namespace Training.App.Modules.Families;

/// <summary>The session of a family: one phone, one or several children.</summary>
internal sealed class FamilySession(TrainingDbContext db)
{
    /// <summary>Name under which a family's readings are written down.</summary>
    public const string Reader = "family";

    /// <summary>Most children in one session.</summary>
    public const int ChildrenMax = 12;

    /// <summary>Adds children to the session of this browser, and begins one when there is none.</summary>
    /// <param name="context">The request.</param>
    /// <param name="opened">The children's keys.</param>
    /// <param name="guardianId">The guardian whose phone was proven; null when the printed code alone opened.</param>
    /// <param name="proven">The issues of the papers when that was; null: as they are now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task OpenAsync(
        HttpContext context, IReadOnlyList<int> opened, int? guardianId, IReadOnlyDictionary<int, int>? proven, CancellationToken cancellationToken)
    {
        var known = await context.AuthenticateAsync(Policies.FamilyScheme);
        int[] children = [.. CallerClaims.Read(known.Principal).Scope.Participants.Except(opened).TakeLast(ChildrenMax - opened.Count), .. opened];
        var issues = await db.Set<Participant>().IgnoreQueryFilters().Where(row => children.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => row.ClaimIssue, cancellationToken);
        var identity = new ClaimsIdentity(Policies.FamilyScheme);
        identity.AddClaim(new Claim(CallerClaims.Name, Reader));
        foreach (var id in children)
        {
            identity.AddClaim(new Claim(CallerClaims.Participant, id.ToString(CultureInfo.InvariantCulture)));
            if (proven?.TryGetValue(id, out var issue) == true || issues.TryGetValue(id, out issue)) identity.AddClaim(FamilyPaper.Claim(id, issue));
        }
        foreach (var guardian in FamilyGuardians.Of(known.Principal).Append(guardianId ?? 0).Where(id => id != 0).Distinct())
            identity.AddClaim(new Claim(FamilyGuardians.Claim, guardian.ToString(CultureInfo.InvariantCulture)));
        await context.SignInAsync(Policies.FamilyScheme, new ClaimsPrincipal(identity));
    }

    /// <summary>Forgets the children on this browser.</summary>
    public static Task EndAsync(HttpContext context) => context.SignOutAsync(Policies.FamilyScheme);
}
