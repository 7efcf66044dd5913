namespace Training.Domain.Enrollments;

/// <summary>Where a transfer stands.</summary>
public enum TransferStatus : byte
{
    /// <summary>Asked; the other side has not answered.</summary>
    Asked = 1,

    /// <summary>Accepted: the youth belongs to the receiving site.</summary>
    Accepted = 2,

    /// <summary>Refused by the other side.</summary>
    Refused = 3,

    /// <summary>Taken back by the side that asked, or overtaken by the end of the enrollment.</summary>
    Cancelled = 4,
}

/// <summary>
/// A youth's way from one site to another within an edition: asked by one side, answered by the other. At most one is open an
/// enrollment: (<see cref="EnrollmentId"/>, <see cref="Slot"/>) is unique and <see cref="Slot"/> is 0 while open.
/// </summary>
public sealed class Transfer
{
    /// <summary>Internal key.</summary>
    public required int Id { get; init; }

    /// <summary>The enrollment that moves.</summary>
    public required int EnrollmentId { get; init; }

    /// <summary>The giving site.</summary>
    public required int FromSiteId { get; init; }

    /// <summary>The giving site's region.</summary>
    public required int FromRegionId { get; init; }

    /// <summary>The receiving site.</summary>
    public required int ToSiteId { get; init; }

    /// <summary>The receiving site's region.</summary>
    public required int ToRegionId { get; init; }

    /// <summary>The group asked for; null: the receiving site's first with a place.</summary>
    public int? ToGroupId { get; init; }

    /// <summary>True when the asking side agrees that the youth waits if the receiving group is full.</summary>
    public required bool MayWait { get; init; }

    /// <summary>Why, in words; null when nothing was said.</summary>
    public string? Reason { get; init; }

    /// <summary>True when the receiving side asked.</summary>
    public required bool AskedByReceiver { get; init; }

    /// <summary>Who asked.</summary>
    public required string AskedBy { get; init; }

    /// <summary>When it was asked.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public TransferStatus Status { get; private set; } = TransferStatus.Asked;

    /// <summary>0 while open, the own key once answered.</summary>
    public int Slot { get; private set; }

    /// <summary>Who answered; null while open.</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>When it was answered; null while open.</summary>
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>Counts changes, from 1.</summary>
    public int Version { get; private set; } = 1;

    /// <summary>Answers or takes back; a second answer is refused.</summary>
    /// <returns>False when it was answered already.</returns>
    public bool Decide(TransferStatus status, string by, DateTimeOffset now)
    {
        if (Status != TransferStatus.Asked || status == TransferStatus.Asked) return false;
        (Status, Slot, DecidedBy, DecidedAt) = (status, Id, by, now);
        Version++;
        return true;
    }
}
