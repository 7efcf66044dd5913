using Training.Domain.Access;

namespace Training.Data.Access;

/// <summary>What was seen of an adult's safeguarding papers, and until when it holds. The papers themselves are not kept. A later row takes the place of an earlier one.</summary>
public sealed class SafeguardingRecord
{
    /// <summary>Internal key, given by the database.</summary>
    public int Id { get; init; }

    /// <summary>Whose.</summary>
    public required int AccountId { get; init; }

    /// <summary>What.</summary>
    public required SafeguardingKind Kind { get; init; }

    /// <summary>The day of the signature, the training or the screening.</summary>
    public required DateOnly DoneOn { get; init; }

    /// <summary>Last day on which it holds; null: without end.</summary>
    public DateOnly? EndsOn { get; init; }

    /// <summary>Who saw the paper, by the caller's stable name.</summary>
    public required string RecordedBy { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>When the person was told that it ends soon; null when not yet.</summary>
    public DateTimeOffset? RemindedAt { get; set; }
}
