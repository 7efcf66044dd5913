namespace Training.Data.Registry;

/// <summary>How far the sweep for duplicates has come; one row. Whoever holds the lease sweeps, nobody else.</summary>
public sealed class SweepState
{
    /// <summary>Key of the only row.</summary>
    public const int OnlyId = 1;

    /// <summary>Always <see cref="OnlyId"/>.</summary>
    public int Id { get; init; } = OnlyId;

    /// <summary>When the sweep that runs, or ran last, began; null before the first.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When the last one came to its end; null before the first.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Where to go on; null when no sweep is under way.</summary>
    public string? Cursor { get; set; }

    /// <summary>Until when somebody is at it; past: a sweep that is under way has been left and goes on where it was.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>Who is at it, a random name a run.</summary>
    public Guid? Holder { get; set; }

    /// <summary>Pairs added by the sweep that runs, or ran last.</summary>
    public int Added { get; set; }
}
