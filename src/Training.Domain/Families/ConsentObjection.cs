using Training.Domain.Registry;

namespace Training.Domain.Families;

/// <summary>
/// A guardian is against what another guardian consented to. Both statements stay on file; the purpose is treated as refused until the
/// objection ends, which only the same guardian's consent does.
/// </summary>
public sealed class ConsentObjection
{
    /// <summary>Internal key, given by the database.</summary>
    public int Id { get; init; }

    /// <summary>The child.</summary>
    public required int ParticipantId { get; init; }

    /// <summary>The guardian who objects.</summary>
    public required int GuardianId { get; init; }

    /// <summary>To what.</summary>
    public required ConsentPurpose Purpose { get; init; }

    /// <summary>Which text the guardian saw.</summary>
    public required int TextVersion { get; init; }

    /// <summary>When it was said.</summary>
    public required DateTimeOffset SaidAt { get; init; }

    /// <summary>When the same guardian consented after all; null while it holds.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}
