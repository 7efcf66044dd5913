namespace Training.Domain.Enrollments;

/// <summary>What a person said of a row that may be a child already known.</summary>
public enum RowDecision : byte
{
    /// <summary>Another child: it is registered as a new one.</summary>
    Another = 1,

    /// <summary>The known child: it is enrolled.</summary>
    Same = 2,

    /// <summary>The same row again: nothing is done.</summary>
    Repeated = 3,
}

/// <summary>Whether the child that a row was said to be was enrolled already.</summary>
public enum AlreadyEnrolled : byte
{
    /// <summary>Not enrolled: the row enrolls it.</summary>
    No = 0,

    /// <summary>Enrolled where the row would have it: nothing is to be done.</summary>
    Here = 1,

    /// <summary>Enrolled at another site: nothing is done, and the row comes back.</summary>
    Elsewhere = 2,
}

/// <summary>A person's word about one row of an import; it outlives whatever was worked out about the list.</summary>
public sealed class ImportDecision
{
    /// <summary>The import.</summary>
    public required int ImportId { get; init; }

    /// <summary>The row, as the user sees it in the file.</summary>
    public required int Row { get; init; }

    /// <summary>What was said.</summary>
    public required RowDecision Decision { get; set; }

    /// <summary>The known child; null unless the decision is <see cref="RowDecision.Same"/>.</summary>
    public int? ParticipantId { get; set; }

    /// <summary>Whether that child was enrolled in the edition already when it was said.</summary>
    public AlreadyEnrolled Enrolled { get; set; }

    /// <summary>True when the row is to be registered by the next commit.</summary>
    public bool IsWaiting => AppliedAt is null && Decision != RowDecision.Repeated && Enrolled == AlreadyEnrolled.No;

    /// <summary>Who said so, by the caller's stable name.</summary>
    public required string DecidedBy { get; set; }

    /// <summary>When.</summary>
    public required DateTimeOffset DecidedAt { get; set; }

    /// <summary>When it was carried out; null while it waits. A decision that was carried out stands.</summary>
    public DateTimeOffset? AppliedAt { get; set; }
}
