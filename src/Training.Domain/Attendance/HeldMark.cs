namespace Training.Domain.Attendance;

/// <summary>Why a mark waits for a person.</summary>
public enum HoldReason : byte
{
    /// <summary>Somebody else had marked the child differently.</summary>
    Contradiction = 1,

    /// <summary>The session had been closed meanwhile.</summary>
    SessionClosed = 2,

    /// <summary>The edition's cut-off for the session had passed.</summary>
    CutOffPassed = 3,

    /// <summary>The child had left the group before the session's day.</summary>
    ChildLeft = 4,

    /// <summary>Somebody asked for a change after the cut-off.</summary>
    LateEdit = 5,
}

/// <summary>What a person decided on a held mark.</summary>
public enum HoldDecision : byte
{
    /// <summary>What stands stays.</summary>
    KeepStanding = 1,

    /// <summary>The held mark was put in.</summary>
    PutMark = 2,
}

/// <summary>
/// A mark that was not taken and not thrown away either: it is kept until a person decides. Keyed by the client's mark id, so
/// that sending it again adds nothing.
/// </summary>
public sealed class HeldMark
{
    /// <summary>The session.</summary>
    public required int SessionId { get; init; }

    /// <summary>Id given by the client.</summary>
    public required Guid MarkId { get; init; }

    /// <summary>The enrollment.</summary>
    public required int EnrollmentId { get; init; }

    /// <summary>The mark that waits.</summary>
    public required AttendanceStatus Status { get; init; }

    /// <summary>The mark that stood when it came; null when there was none.</summary>
    public AttendanceStatus? Standing { get; init; }

    /// <summary>Why it waits.</summary>
    public required HoldReason Why { get; init; }

    /// <summary>When the client says it was marked, UTC.</summary>
    public required DateTimeOffset CapturedAt { get; init; }

    /// <summary>Who sent it.</summary>
    public required string SentBy { get; init; }

    /// <summary>When it arrived.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Why the sender wants it; null unless a late edit.</summary>
    public string? Reason { get; init; }

    /// <summary>When a person decided; null while it waits.</summary>
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>Who decided.</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>What was decided.</summary>
    public HoldDecision? Decision { get; private set; }

    /// <summary>Why, in the decider's words; null when none were given.</summary>
    public string? DecisionReason { get; private set; }

    /// <summary>Writes the decision down; a second one is refused.</summary>
    /// <returns>False when it was decided before.</returns>
    public bool Decide(HoldDecision decision, string by, DateTimeOffset now, string? reason)
    {
        if (DecidedAt is not null) return false;
        (Decision, DecidedBy, DecidedAt, DecisionReason) = (decision, by, now, reason);
        return true;
    }
}

/// <summary>
/// Who may decide what waits. While a session is open whoever keeps its book may; once closed, with a reason; once the cut-off has
/// passed, only a second person of higher scope than a site's.
/// </summary>
/// <param name="Status">Where the session stands.</param>
/// <param name="Locked">True when the cut-off has passed.</param>
public readonly record struct DecisionRule(SessionStatus Status, bool Locked)
{
    /// <summary>Judges a decision.</summary>
    /// <param name="held">What waits.</param>
    /// <param name="decision">What is to be decided.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="coordinates">True when that person decides for a region or the nation.</param>
    /// <param name="reason">The reason given; null when none.</param>
    /// <returns>A stable code of the refusal; null when it may be decided so.</returns>
    public string? Refuse(HeldMark held, HoldDecision decision, string by, bool coordinates, string? reason)
    {
        if (held.DecidedAt is not null) return "alreadyDecided";
        if (decision == HoldDecision.KeepStanding && held.Why != HoldReason.LateEdit) return null;
        if (Status == SessionStatus.Cancelled) return "sessionCancelled";
        if (Locked || held.Why == HoldReason.LateEdit)
        {
            if (!coordinates) return "higherScopeNeeded";
            if (held.SentBy == by) return "secondPersonNeeded";
            return reason is null ? "reasonRequired" : null;
        }
        return Status == SessionStatus.Closed && reason is null ? "reasonRequired" : null;
    }
}
