using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports.Committing;

/// <summary>Which rows of a list are registered, as whom: by the verdicts of the reading and what people decided since.</summary>
/// <param name="verdicts">Verdicts by row.</param>
/// <param name="decisions">Decisions by row that were not carried out yet.</param>
/// <param name="decidedOnly">True when the other rows were registered before.</param>
internal sealed class RowsToWrite(Dictionary<int, Verdict> verdicts, Dictionary<int, ImportDecision> decisions, bool decidedOnly)
{
    /// <summary>The known child of a row, 0 for a new one; null when the row is not registered.</summary>
    public int? ChildOf(int row)
    {
        if (decisions.TryGetValue(row, out var decision)) return decision.IsWaiting || HasNewsOnly(row) ? decision.ParticipantId ?? 0 : null;
        if (decidedOnly) return null;
        if (!verdicts.TryGetValue(row, out var verdict)) return 0;
        return verdict.State == RowState.Matched ? verdict.ParticipantId : null;
    }

    /// <summary>True when a person took the row for a child who is enrolled at the site already: nothing is enrolled, but the list may know more of the child.</summary>
    public bool HasNewsOnly(int row) => decisions.TryGetValue(row, out var decision) && decision is { ParticipantId: not null, Enrolled: AlreadyEnrolled.Here };

    /// <summary>Who decided about a row; null when nobody has.</summary>
    public string? DecidedBy(int row) => decisions.GetValueOrDefault(row)?.DecidedBy;
}
