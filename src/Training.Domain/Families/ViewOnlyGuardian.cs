namespace Training.Domain.Families;

/// <summary>A guardian who sees a child's page and may withdraw, but gives nothing and asks for no change: set by the site's people, who know the family. Who is not named here acts.</summary>
public sealed class ViewOnlyGuardian
{
    /// <summary>The child.</summary>
    public required int ParticipantId { get; init; }

    /// <summary>The guardian.</summary>
    public required int GuardianId { get; init; }

    /// <summary>Who set it, by the caller's stable name.</summary>
    public required string SetBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset SetAt { get; init; }
}
