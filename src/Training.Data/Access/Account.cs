using System.Linq.Expressions;
using Microsoft.AspNetCore.Identity;
using Training.Domain.Access;

namespace Training.Data.Access;

/// <summary>An adult with a sign-in. Children and families have none.</summary>
public sealed class Account : IdentityUser<int>
{
    /// <summary>Name shown to colleagues.</summary>
    public required string DisplayName { get; set; }

    /// <summary>Interface language: <c>ar</c>, <c>fr</c> or <c>en</c>.</summary>
    public string Language { get; set; } = "ar";

    /// <summary>True for an account of the demo, which its contract keeps usable by password alone.</summary>
    public bool IsDemo { get; init; }

    /// <summary>When it was last used, to ten minutes; null when not since that is written down.</summary>
    public DateTimeOffset? LastSeenAt { get; set; }

    /// <summary>When the person was told that the account will be closed for want of use; null when not since the last use.</summary>
    public DateTimeOffset? WarnedAt { get; set; }

    /// <summary>When it was closed for want of use; a new link opens it again. Null while it is open.</summary>
    public DateTimeOffset? BlockedAt { get; set; }
}

/// <summary>
/// A role an account holds within a scope: of the place that is named, and of the nation only for the directorate. One place at most is named.
/// </summary>
public sealed class RoleGrant
{
    /// <summary>Internal key, given by the database.</summary>
    public int Id { get; init; }

    /// <summary>The account.</summary>
    public required int AccountId { get; init; }

    /// <summary>The role.</summary>
    public required Role Role { get; init; }

    /// <summary>The region it is limited to; null when not by region.</summary>
    public int? RegionId { get; init; }

    /// <summary>The site it is limited to; null when not by site.</summary>
    public int? SiteId { get; init; }

    /// <summary>The regional league it is limited to; null when not by league.</summary>
    public int? LeagueId { get; init; }

    /// <summary>The group it is limited to; null when not by group.</summary>
    public int? GroupId { get; init; }

    /// <summary>Site of that group, whose people give and take the role; it opens nothing. Null when not by group.</summary>
    public int? GroupSiteId { get; init; }

    /// <summary>First local day; null: from the beginning.</summary>
    public DateOnly? StartsOn { get; init; }

    /// <summary>Last local day; null: without end.</summary>
    public DateOnly? EndsOn { get; init; }

    /// <summary>Who gave it, by the caller's stable name; null when it came from the shell.</summary>
    public string? GrantedBy { get; init; }

    /// <summary>When it was given; null when that was not written down.</summary>
    public DateTimeOffset? GrantedAt { get; init; }

    /// <summary>Who ended it before its last day; null when nobody did.</summary>
    public string? EndedBy { get; private set; }

    /// <summary>When it was ended; null while it was not.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Ends it now. The row stays, so that it can be said who could do what on a day.</summary>
    public void End(string by, DateTimeOffset at) => (EndedBy, EndedAt) = (by, at);

    /// <summary>True when it is held on a day.</summary>
    public bool IsHeldOn(DateOnly day) => EndedAt is null && Granting.CountsOn(StartsOn, EndsOn, day);

    /// <summary>The same for queries.</summary>
    public static Expression<Func<RoleGrant, bool>> CountsOn(DateOnly day) =>
        grant => grant.EndedAt == null && (grant.StartsOn == null || grant.StartsOn <= day) && (grant.EndsOn == null || grant.EndsOn >= day);
}

/// <summary>A key that belongs to an organisation. Only its hash is kept.</summary>
public sealed class ApiKey
{
    /// <summary>Internal key, given by the database.</summary>
    public int Id { get; init; }

    /// <summary>The organisation, as shown to operators.</summary>
    public required string Organisation { get; init; }

    /// <summary>SHA-256 of the key, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>The region it is limited to; null when not by region.</summary>
    public int? RegionId { get; init; }

    /// <summary>The site it is limited to; null when not by site.</summary>
    public int? SiteId { get; init; }

    /// <summary>What it may be used for; null for a key from before keys had scopes, which may all.</summary>
    public KeyScopes? Scopes { get; init; }

    /// <summary>When it was made; null when that was not written down.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Who made it, by the caller's stable name; null for the shell.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>When it was last used, to ten minutes; null when not since that is written down.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>When it stops working; null when it does not.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>When it was revoked; null while it works.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>Counts wrong guesses against one claim code, so that guessing stops for a while.</summary>
public sealed class ClaimLock
{
    /// <summary>Lookup value of the claim code guessed at.</summary>
    public required long ClaimHash { get; init; }

    /// <summary>Wrong guesses since the last success or lock.</summary>
    public int Failures { get; set; }

    /// <summary>No guess is looked at before this; null when open.</summary>
    public DateTimeOffset? LockedUntil { get; set; }
}
