namespace Training.Domain.Families;

/// <summary>A link sent to one guardian's phone. It opens once, and only together with a one-time code to the same phone.</summary>
public sealed class PersonalLink
{
    /// <summary>Bytes of the secret in the link: 128 bits.</summary>
    public const int TokenBytes = 16;

    /// <summary>Links for one child within a day.</summary>
    public const int PerDay = 3;

    /// <summary>How long a link opens.</summary>
    public static readonly TimeSpan LifeTime = TimeSpan.FromDays(7);

    /// <summary>Internal key.</summary>
    public required int Id { get; init; }

    /// <summary>The child.</summary>
    public required int ParticipantId { get; init; }

    /// <summary>The guardian.</summary>
    public required int GuardianId { get; init; }

    /// <summary>SHA-256 of the secret.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>Who had it sent, by the caller's stable name.</summary>
    public required string SentBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>When it opened, or was ended; null while it can open.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>True while it opens.</summary>
    public bool Opens(DateTimeOffset now) => EndedAt is null && now <= SentAt + LifeTime;

    /// <summary>It opens no more.</summary>
    public void End(DateTimeOffset now) => EndedAt ??= now;
}
