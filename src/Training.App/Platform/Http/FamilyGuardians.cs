using System.Globalization;
using System.Security.Claims;

namespace Training.App.Platform.Http;

/// <summary>Which guardians have proven, by a code to their phone, that they hold this family session. None when it was opened by the printed code alone.</summary>
internal sealed class FamilyGuardians(IHttpContextAccessor http)
{
    /// <summary>Claim that carries a guardian's key.</summary>
    public const string Claim = "training:guardian";

    /// <summary>Internal keys.</summary>
    public int[] Keys => Of(http.HttpContext?.User);

    /// <summary>The keys that a session carries.</summary>
    public static int[] Of(ClaimsPrincipal? principal) =>
        [.. (principal?.FindAll(Claim) ?? []).Select(claim => int.Parse(claim.Value, CultureInfo.InvariantCulture))];
}
