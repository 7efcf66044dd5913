using System.Security.Claims;
using Training.Data.Scope;
using Training.Domain.Access;

namespace Training.App.Platform.Http;

/// <summary>Who is asking: built once per request from the signed-in principal.</summary>
/// <param name="Name">Stable name for logs and records: <c>account:7</c>, <c>key:3</c>, <c>bootstrap</c>, <c>family</c>, <c>anonymous</c>.</param>
/// <param name="Roles">Roles held.</param>
/// <param name="Scope">Which rows are visible.</param>
internal sealed record Caller(string Name, IReadOnlyList<Role> Roles, AccessScope Scope)
{
    /// <summary>Nobody in particular.</summary>
    public static Caller Anonymous { get; } = new("anonymous", [], AccessScope.None);

    /// <summary>The system's own work.</summary>
    public static Caller System { get; } = new("system", [], AccessScope.Whole) { Coordinated = AccessScope.Whole };

    /// <summary>
    /// What the caller decides on: the part of <see cref="Scope"/> that comes from roles of a coordinator or the directorate, or is a machine's
    /// region or nation. Who works at a site beside coordinating elsewhere decides nothing there.
    /// </summary>
    public AccessScope Coordinated { get; init; } = AccessScope.None;

    /// <summary>Key of the caller's account; null for machines, families and nobody.</summary>
    public int? AccountId => Name.StartsWith("account:", StringComparison.Ordinal)
        ? int.Parse(Name.AsSpan("account:".Length), global::System.Globalization.CultureInfo.InvariantCulture) : null;

    /// <summary>True for who registers and plans (<see cref="Policies.Enroll"/>): false for an assistant, who keeps sheets alone.</summary>
    public bool MayEnroll => Is(Role.Coach, Role.Facilitator, Role.Coordinator, Role.Machine);

    /// <summary>True for who answers for a region or the nation: families' requests and partners' addresses are not a league's.</summary>
    public bool AnswersForRegion => Is(Role.Coordinator, Role.Directorate) && (Coordinated.Nation || Coordinated.Regions.Length > 0);

    /// <summary>True for who decides anywhere at all; where, <see cref="Coordinated"/> says.</summary>
    public bool Coordinates => Coordinated.Nation || Coordinated.Regions.Length > 0 || Coordinated.Sites.Length > 0;

    /// <summary>True when any of the roles is held.</summary>
    public bool Is(params ReadOnlySpan<Role> roles)
    {
        foreach (var role in roles)
        {
            if (Roles.Contains(role)) return true;
        }
        return false;
    }
}

/// <summary>Claims by which a sign-in carries what <see cref="Caller"/> needs.</summary>
internal static class CallerClaims
{
    public const string Name = "training:caller";
    public const string Display = "training:display";
    public const string Nation = "training:nation";
    public const string Region = "training:region";
    public const string Site = "training:site";
    public const string League = "training:league";
    public const string Group = "training:group";
    public const string Participant = "training:participant";

    /// <summary>A region that the person coordinates, beside <see cref="Region"/>.</summary>
    public const string CoordinatedRegion = "training:coordinated-region";

    /// <summary>A site that the person coordinates, beside <see cref="Site"/>.</summary>
    public const string CoordinatedSite = "training:coordinated-site";

    /// <summary>Who a principal is, and what it may see.</summary>
    /// <param name="principal">The principal; null for nobody.</param>
    /// <param name="atSheets">True at a door of sheets: elsewhere an assistant's groups open nothing.</param>
    /// <param name="deciding">True at a door of those who decide: what is seen by working at a site alone is not seen there.</param>
    public static Caller Read(ClaimsPrincipal? principal, bool atSheets = false, bool deciding = false)
    {
        if (principal?.Identity?.IsAuthenticated != true || principal.FindFirstValue(Name) is not { } name) return Caller.Anonymous;
        var roles = principal.FindAll(ClaimTypes.Role).Select(claim => Enum.Parse<Role>(claim.Value)).ToArray();
        var (nation, leagues) = (principal.HasClaim(Nation, "1"), Keys(principal, League));
        var coordinated = new AccessScope(nation, Keys(principal, CoordinatedRegion), Keys(principal, CoordinatedSite), []) { Holder = name, Leagues = leagues };
        return new Caller(
            name,
            roles,
            deciding ? coordinated : new AccessScope(nation, Keys(principal, Region), Keys(principal, Site), Keys(principal, Participant))
            {
                Holder = name, Leagues = leagues, Groups = atSheets ? Keys(principal, Group) : [],
            })
        {
            Coordinated = coordinated,
        };
    }

    private static int[] Keys(ClaimsPrincipal principal, string type) =>
        [.. principal.FindAll(type).Select(claim => int.Parse(claim.Value, System.Globalization.CultureInfo.InvariantCulture))];
}
