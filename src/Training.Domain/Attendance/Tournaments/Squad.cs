namespace Training.Domain.Attendance.Tournaments;

/// <summary>The players of one club in one category of a tournament.</summary>
public sealed class Squad
{
    /// <summary>Internal key.</summary>
    public required int Id { get; init; }

    /// <summary>The tournament.</summary>
    public required int TournamentId { get; init; }

    /// <summary>The club.</summary>
    public required int SiteId { get; init; }

    /// <summary>The club's region.</summary>
    public required int RegionId { get; init; }

    /// <summary>The club that hosts the tournament: its people stand at the door and see every squad.</summary>
    public required int HostSiteId { get; init; }

    /// <summary>The N of the football category U-N.</summary>
    public required int Category { get; init; }

    /// <summary>The group that most players came from when it was proposed: its sessions stand under that group in the figures.</summary>
    public required int GroupId { get; init; }

    /// <summary>Who proposed it: <c>account:7</c> or <c>key:3</c>.</summary>
    public required string ProposedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset ProposedAt { get; init; }
}

/// <summary>
/// A youth in a squad, by the enrollment: whatever happens to the child's file, the enrollment goes with it. Once in a tournament.
/// </summary>
public sealed class SquadPlayer
{
    /// <summary>Longest reason of an exception, in characters.</summary>
    public const int ReasonMax = 500;

    /// <summary>The squad.</summary>
    public required int SquadId { get; init; }

    /// <summary>The enrollment.</summary>
    public required int EnrollmentId { get; init; }

    /// <summary>The squad's tournament.</summary>
    public required int TournamentId { get; init; }

    /// <summary>Who put the youth in.</summary>
    public required string AddedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>Why a coordinator lets the youth play in spite of the birth date; null where none was granted.</summary>
    public string? ExceptionReason { get; private set; }

    /// <summary>Who granted it.</summary>
    public string? ExceptionBy { get; private set; }

    /// <summary>When.</summary>
    public DateTimeOffset? ExceptionAt { get; private set; }

    /// <summary>Lets the youth play in spite of the birth date.</summary>
    /// <returns>False when that was granted before.</returns>
    public bool Except(string reason, string by, DateTimeOffset now)
    {
        if (ExceptionAt is not null) return false;
        (ExceptionReason, ExceptionBy, ExceptionAt) = (reason, by, now);
        return true;
    }
}

/// <summary>
/// That a youth of this season has a medical certificate, and until when. Never the paper and never a diagnosis: none is kept.
/// It belongs to the enrollment, as a licence file does to its season.
/// </summary>
public sealed class MedicalCertificate
{
    /// <summary>How far ahead an expiry may lie, in years.</summary>
    public const int YearsMax = 2;

    /// <summary>The enrollment.</summary>
    public required int EnrollmentId { get; init; }

    /// <summary>Last day on which it is valid.</summary>
    public required DateOnly ValidUntil { get; set; }

    /// <summary>Who has seen it: <c>account:7</c> or <c>key:3</c>.</summary>
    public required string SeenBy { get; set; }

    /// <summary>When that was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; set; }
}
