namespace Training.Data.Access;

/// <summary>
/// A sign-in on one browser. It is looked up at every request, so that its end, and the end of a role, is felt at once in every process.
/// </summary>
public sealed class SignInSession
{
    /// <summary>Longest description of a device, in characters.</summary>
    public const int DeviceMax = 60;

    /// <summary>Internal key, given by the database; the cookie carries it under the data-protection keys.</summary>
    public int Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required int AccountId { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was last used, to a few minutes.</summary>
    public required DateTimeOffset LastSeenAt { get; set; }

    /// <summary>When the person last proved who they are: at the sign-in, or asked again before a sensitive act.</summary>
    public required DateTimeOffset ProvenAt { get; set; }

    /// <summary>The browser and system in two words, as the browser says; empty when it says nothing.</summary>
    public required string Device { get; init; }

    /// <summary>When it was ended; null while it lasts.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>A link by which a person sets the own password: a first one, or another one. Only its hash is kept; it serves once.</summary>
public sealed class Invitation
{
    /// <summary>Internal key, given by the database.</summary>
    public int Id { get; init; }

    /// <summary>Whose password it sets.</summary>
    public required int AccountId { get; init; }

    /// <summary>SHA-256 of the link's secret, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>Who sent it, by the caller's stable name.</summary>
    public required string SentBy { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>It opens nothing from this instant on.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was used, or a newer one took its place; null while it opens.</summary>
    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>The second factor of an account: a secret shared with an application on the person's phone.</summary>
public sealed class SecondFactor
{
    /// <summary>Whose it is.</summary>
    public required int AccountId { get; init; }

    /// <summary>The shared secret under the data-protection keys.</summary>
    public required byte[] Secret { get; set; }

    /// <summary>When a code of it was first typed in; null while it is only shown and protects nothing.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>The last time step a code was taken for: a code serves once.</summary>
    public long LastStep { get; set; }
}

/// <summary>A code on paper for a person whose phone is lost. Only its hash is kept; it serves once.</summary>
public sealed class RecoveryCode
{
    /// <summary>Whose it is.</summary>
    public required int AccountId { get; init; }

    /// <summary>SHA-256 of the code, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }
}
