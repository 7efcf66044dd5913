namespace Training.Domain.Certificates;

/// <summary>
/// A signing key that others may hold too. Whoever holds it can sign any day of issue, so nothing signed by it is proof any more without
/// the register; the day says since when this is known to be possible. Rows are only added.
/// </summary>
public sealed class WithdrawnKey
{
    /// <summary>The key's number.</summary>
    public required int Number { get; init; }

    /// <summary>The first day on which others may have held it (Africa/Casablanca).</summary>
    public required DateOnly From { get; init; }

    /// <summary>When it was withdrawn.</summary>
    public required DateTimeOffset At { get; init; }
}
