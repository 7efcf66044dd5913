namespace Training.Data.Platform;

/// <summary>
/// Says that a change is durable, when its own commit could not: the connection broke while it was under way. Written with the change,
/// read only after such a break, and swept once nobody can ask any more. SQLite has no such doubt and writes none.
/// </summary>
public sealed class CommitMarker
{
    /// <summary>The attempt.</summary>
    public required Guid Id { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}
