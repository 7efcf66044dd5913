using Training.App.Modules.Enrollments.Imports.Matching;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Imports.Committing;

/// <summary>A good row with everything that is known before the transaction.</summary>
internal sealed class ReadyRow
{
    public required int Row { get; init; }

    /// <summary>Who said what child it is; null when nobody was asked.</summary>
    public required string? DecidedBy { get; init; }

    public required Registration Registration { get; init; }

    public required Site Site { get; init; }

    /// <summary>The group that the list names; null: any with a place.</summary>
    public required string? GroupName { get; init; }

    /// <summary>True when the child has a file already.</summary>
    public required bool IsKnown { get; init; }

    /// <summary>True when that file lay outside the perimeter of the person who had the list registered.</summary>
    public required bool IsFromElsewhere { get; init; }

    /// <summary>True when the child is enrolled already, as a person said: only what the list knows more is taken.</summary>
    public required bool HasNewsOnly { get; init; }

    public required int ParticipantId { get; init; }

    public required int EnrollmentId { get; init; }

    public required int GuardianId { get; init; }

    /// <summary>Key for the consent; 0 when none came along.</summary>
    public required int ConsentId { get; init; }

    /// <summary>What a new child and those registered between the preview and the first chunk are to each other.</summary>
    public required (Likeness Likeness, int ParticipantId) Early { get; init; }

    /// <summary>The new file; null when the child has one already.</summary>
    public required Participant? Participant { get; init; }
}

/// <summary>Rows that are made ready and registered together.</summary>
internal sealed class Chunk
{
    public List<ReadyRow> Rows { get; } = [];

    /// <summary>Guardians nobody has recorded yet.</summary>
    public List<Guardian> NewGuardians { get; } = [];

    /// <summary>Rows that were good at the preview and no longer are, with the reason.</summary>
    public List<FallenRow> Fallen { get; } = [];

    /// <summary>The last row of the list that this chunk has dealt with.</summary>
    public int LastRow { get; set; }

    /// <summary>The run of keys from which this import names its children.</summary>
    public (int First, int End) OwnKeys { get; set; }

    /// <summary>True when the list ends here.</summary>
    public bool IsLast { get; set; }

    /// <summary>The instant written into the rows.</summary>
    public required DateTimeOffset Now { get; init; }
}

/// <summary>A row that was good at the preview and no longer is.</summary>
/// <param name="Verdict">What is to become of it.</param>
/// <param name="Faults">Why.</param>
/// <param name="WasMatched">True when the preview counted it as a known child, false when as a new one.</param>
internal sealed record FallenRow(Verdict Verdict, IReadOnlyList<RowFault> Faults, bool WasMatched);
