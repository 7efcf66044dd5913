namespace Training.App.Modules.Enrollments.Imports;

/// <summary>What is to become of a row that is not simply a new child.</summary>
internal enum RowState : byte
{
    /// <summary>A new child; nothing is noted about it.</summary>
    New = 0,

    /// <summary>A child already known, to be enrolled.</summary>
    Matched = 1,

    /// <summary>A child already enrolled: nothing to do.</summary>
    AlreadyEnrolled = 2,

    /// <summary>May be another child's row: a person decides.</summary>
    PossibleDuplicate = 3,

    /// <summary>Faulty.</summary>
    Refused = 4,

    /// <summary>A child enrolled already at another site: nothing is done, and the row comes back with the way to a transfer.</summary>
    EnrolledElsewhere = 5,
}

/// <summary>A verdict on a row.</summary>
/// <param name="Row">The row as the user sees it.</param>
/// <param name="State">What is to become of it.</param>
/// <param name="ParticipantId">The known child; 0 when none.</param>
/// <param name="Place">Number of the place it would go to; 0 when that is not known.</param>
internal readonly record struct Verdict(int Row, RowState State, int ParticipantId, int Place = 0);

/// <summary>A fault of a row, as kept.</summary>
internal sealed record StagedFault(int Row, RowState State, string? Field, string Code, IReadOnlyDictionary<string, object?>? Facts);
