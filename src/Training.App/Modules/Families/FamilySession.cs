using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Training.App.Platform.Http;

namespace Training.App.Modules.Families;

/// <summary>The session of a family: one phone, one or several children.</summary>
internal static class FamilySession
{
    /// <summary>Name under which a family's readings are written down.</summary>
    public const string Reader = "family";

    private const int ChildrenMax = 12;

    /// <summary>Adds a child to the session of this browser, and begins one when there is none.</summary>
    public static async Task AddChildAsync(HttpContext context, int participantId)
    {
        var known = await context.AuthenticateAsync(Policies.FamilyScheme);
        var children = CallerClaims.Read(known.Principal).Scope.Participants.Where(id => id != participantId).TakeLast(ChildrenMax - 1);
        var identity = new ClaimsIdentity(Policies.FamilyScheme);
        identity.AddClaim(new Claim(CallerClaims.Name, Reader));
        foreach (var id in children.Append(participantId))
            identity.AddClaim(new Claim(CallerClaims.Participant, id.ToString(CultureInfo.InvariantCulture)));
        await context.SignInAsync(Policies.FamilyScheme, new ClaimsPrincipal(identity));
    }

    /// <summary>Forgets the children on this browser.</summary>
    public static Task EndAsync(HttpContext context) => context.SignOutAsync(Policies.FamilyScheme);
}
