namespace Training.Domain.Certificates;

/// <summary>How far the issue of certificates has come, and whether somebody has stopped it. One row.</summary>
public sealed class IssuingState
{
    /// <summary>Key of the one row.</summary>
    public const int TheOne = 1;

    /// <summary>Always <see cref="TheOne"/>.</summary>
    public int Id { get; init; } = TheOne;

    /// <summary>When it was stopped; null while certificates are issued.</summary>
    public DateTimeOffset? PausedAt { get; set; }

    /// <summary>Who stopped it; null while certificates are issued.</summary>
    public string? PausedBy { get; set; }

    /// <summary>Key of the enrollment up to which the running round has judged; 0 between rounds.</summary>
    public int Reached { get; set; }
}
