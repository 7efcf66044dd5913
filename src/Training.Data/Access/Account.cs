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
}

/// <summary>A role an account holds within a scope; nation when neither region nor site is named.</summary>
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

    /// <summary>When it stops working; null when it does not.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

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
