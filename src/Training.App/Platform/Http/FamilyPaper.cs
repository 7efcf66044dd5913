using System.Globalization;
using System.Security.Claims;

namespace Training.App.Platform.Http;

/// <summary>Which issue of a child's printed code a family session was opened under: a new issue ends the sessions of the former.</summary>
internal static class FamilyPaper
{
    private const string Type = "training:paper";

    /// <summary>The claim of a child.</summary>
    public static Claim Claim(int child, int issue) => new(Type, string.Create(CultureInfo.InvariantCulture, $"{child}:{issue}"));

    /// <summary>The issue under which each child was opened.</summary>
    public static IReadOnlyDictionary<int, int> Of(ClaimsPrincipal? principal) => (principal?.FindAll(Type) ?? [])
        .Select(claim => claim.Value.Split(':').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray())
        .ToDictionary(parts => parts[0], parts => parts[1]);
}
