namespace Training.Domain.Webhooks;

/// <summary>A partner's address that is told of events of the nation or of one region.</summary>
public sealed class Webhook
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameMax = 80;

    /// <summary>Longest address, in characters.</summary>
    public const int AddressMax = 500;

    /// <summary>Longest protected secret, in characters.</summary>
    public const int SecretMax = 600;

    /// <summary>Most of one region, and of the nation.</summary>
    public const int Most = 20;

    /// <summary>Somebody has stopped it.</summary>
    public const string Stopped = "stopped";

    /// <summary>The address has answered that it is gone for good (410).</summary>
    public const string Gone = "gone";

    /// <summary>Who answers for it may no longer see what it tells.</summary>
    public const string OwnerLeft = "ownerLeft";

    /// <summary>How long the former secret signs beside the new one.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromDays(7);

    /// <summary>Internal key.</summary>
    public required int Id { get; init; }

    /// <summary>The partner's system, as its people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Where to; holds no user and no password.</summary>
    public required string Address { get; init; }

    /// <summary>What of.</summary>
    public required WebhookEvents Events { get; init; }

    /// <summary>The region it is limited to; null for the nation.</summary>
    public int? RegionId { get; init; }

    /// <summary>Who answers for it, by the caller's stable name: it tells no more than that one may see.</summary>
    public required string OwnedBy { get; set; }

    /// <summary>When it was made; what happened before is not told.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The secret that signs, protected by the data-protection keys.</summary>
    public required string Secret { get; set; }

    /// <summary>The secret before it, protected; null when there is none.</summary>
    public string? FormerSecret { get; private set; }

    /// <summary>Until when the former secret signs too; null when there is none.</summary>
    public DateTimeOffset? FormerUntil { get; private set; }

    /// <summary>Since when nothing is told; null while it works.</summary>
    public DateTimeOffset? DisabledAt { get; private set; }

    /// <summary>Why nothing is told, a stable word; null while it works.</summary>
    public string? DisabledReason { get; private set; }

    /// <summary>True while it works.</summary>
    public bool IsActive => DisabledAt is null;

    /// <summary>Puts another secret in place; the present one signs beside it for a while.</summary>
    public void Rotate(string secret, DateTimeOffset now) => (FormerSecret, FormerUntil, Secret) = (Secret, now + Overlap, secret);

    /// <summary>True while the former secret signs too.</summary>
    public bool HasFormer(DateTimeOffset now) => FormerSecret is not null && now < FormerUntil;

    /// <summary>Stops it; a second time changes nothing.</summary>
    /// <returns>False when it had stopped already.</returns>
    public bool Disable(string reason, DateTimeOffset now)
    {
        if (!IsActive) return false;
        (DisabledAt, DisabledReason) = (now, reason);
        return true;
    }

    /// <summary>Lets it work again; who says so answers for it from now on.</summary>
    public void Enable(string by) => (OwnedBy, DisabledAt, DisabledReason) = (by, null, null);
}
