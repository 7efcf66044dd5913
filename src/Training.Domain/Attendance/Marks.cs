namespace Training.Domain.Attendance;

/// <summary>One youth in one session. The smallest and most numerous row of the system: keep it so.</summary>
public sealed class AttendanceMark
{
    /// <summary>The session.</summary>
    public required int SessionId { get; init; }

    /// <summary>The enrollment.</summary>
    public required int EnrollmentId { get; init; }

    /// <summary>The mark.</summary>
    public required AttendanceStatus Status { get; set; }

    /// <summary>The session's version at which this mark last changed.</summary>
    public required int Version { get; set; }
}

/// <summary>
/// An enrollment has a mark in a session of this group, or of a squad that goes by this group: written with the first one, so that
/// the marks of an enrollment are found without an index of all marks.
/// </summary>
public sealed class MarkedGroup
{
    /// <summary>The group.</summary>
    public required int GroupId { get; init; }

    /// <summary>The enrollment.</summary>
    public required int EnrollmentId { get; init; }
}

/// <summary>
/// The marks of one request, in one row: who sent them and when, and the client's mark ids that make a repeat a success. The ids
/// may be pruned 30 days after the session was closed; who and when stay.
/// </summary>
public sealed class MarkBatch
{
    /// <summary>How long after the close the mark ids are kept.</summary>
    public static readonly TimeSpan IdsKept = TimeSpan.FromDays(30);

    /// <summary>The session.</summary>
    public required int SessionId { get; init; }

    /// <summary>Order within the session, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The session's version after the request: the marks that carry it came with it.</summary>
    public required int Version { get; init; }

    /// <summary>Who sent it: <c>account:7</c> or <c>key:3</c>.</summary>
    public required string By { get; init; }

    /// <summary>When it arrived.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The marks as <see cref="MarkList"/> writes them; null once pruned.</summary>
    public byte[]? Marks { get; set; }
}

/// <summary>Why a mark was changed.</summary>
public enum MarkChangeReason : byte
{
    /// <summary>Whoever had seen the mark marked anew while the session was open.</summary>
    Remarked = 1,

    /// <summary>Two people had marked differently and a person chose.</summary>
    ConflictSettled = 2,

    /// <summary>A mark that came after the close was put in.</summary>
    AfterClose = 3,

    /// <summary>A late edit that a second person approved.</summary>
    LateEdit = 4,
}

/// <summary>One change of a mark that stood: who, when, before, after, why. Never changed and never deleted with the ledger.</summary>
public sealed class MarkChange
{
    /// <summary>Longest reason, in characters.</summary>
    public const int ReasonMax = 500;

    /// <summary>The session.</summary>
    public required int SessionId { get; init; }

    /// <summary>The enrollment.</summary>
    public required int EnrollmentId { get; init; }

    /// <summary>The session's version after the change.</summary>
    public required int Version { get; init; }

    /// <summary>What stood; null when there was none.</summary>
    public AttendanceStatus? Before { get; init; }

    /// <summary>What stands since.</summary>
    public required AttendanceStatus After { get; init; }

    /// <summary>Why, in kind.</summary>
    public required MarkChangeReason Why { get; init; }

    /// <summary>Who marked: <c>account:7</c> or <c>key:3</c>.</summary>
    public required string By { get; init; }

    /// <summary>Who decided that it stands; null when nobody had to.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Why, in somebody's words; null where none were needed.</summary>
    public string? Reason { get; init; }
}
