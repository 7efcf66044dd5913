namespace Training.Domain.Enrollments;

/// <summary>Where an enrollment stands.</summary>
public enum EnrollmentStatus : byte
{
    /// <summary>Holds a place and the guardian has consented.</summary>
    Active = 1,

    /// <summary>Holds a place; attendance may be marked, no certificate until consent is recorded.</summary>
    AwaitingConsent = 2,

    /// <summary>Waits for a place.</summary>
    Waitlisted = 3,

    /// <summary>Left the programme.</summary>
    Withdrawn = 4,
}

/// <summary>
/// A youth's place in one edition at one site. At most one live enrollment exists per participant and edition:
/// (<see cref="ParticipantId"/>, <see cref="EditionId"/>, <see cref="Slot"/>) is unique and <see cref="Slot"/> is 0 while live.
/// </summary>
public sealed class Enrollment
{
    /// <summary>Why it ended: the child had two files and a place on each (<see cref="MergedIntoId"/>).</summary>
    public const string Merged = "merged";

    /// <summary>Internal key.</summary>
    public required int Id { get; init; }

    /// <summary>The youth.</summary>
    public required int ParticipantId { get; init; }

    /// <summary>The edition.</summary>
    public required int EditionId { get; init; }

    /// <summary>The site; figures are attributed to it.</summary>
    public required int SiteId { get; set; }

    /// <summary>The site's region.</summary>
    public required int RegionId { get; set; }

    /// <summary>The group.</summary>
    public required int GroupId { get; set; }

    /// <summary>Where it stands.</summary>
    public required EnrollmentStatus Status { get; set; }

    /// <summary>0 while live, the enrollment's own key once ended: a portable form of "one live row".</summary>
    public int Slot { get; private set; }

    /// <summary>When it was made; fixes the order of the waiting list.</summary>
    public required DateTimeOffset EnrolledAt { get; init; }

    /// <summary>The import that made it; null when it came by form or API.</summary>
    public int? ImportId { get; init; }

    /// <summary>When it ended; null while live.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Why it ended, a stable code; null while live.</summary>
    public string? EndReason { get; private set; }

    /// <summary>
    /// The child's other enrollment in the same edition, for which this one ended when two files of one child were merged: its
    /// attendance counts there. Null otherwise.
    /// </summary>
    public int? MergedIntoId { get; private set; }

    /// <summary>Counts changes, from 1.</summary>
    public int Version { get; set; } = 1;

    /// <summary>True while the youth takes part or waits.</summary>
    public bool IsLive => Slot == 0;

    /// <summary>True when it takes one of the group's places.</summary>
    public bool HoldsPlace => IsLive && Status is EnrollmentStatus.Active or EnrollmentStatus.AwaitingConsent;

    /// <summary>Ends the enrollment; a second end is refused.</summary>
    /// <returns>False when it had ended already.</returns>
    public bool Withdraw(string reason, DateTimeOffset now)
    {
        if (!IsLive) return false;
        Status = EnrollmentStatus.Withdrawn;
        Slot = Id;
        EndedAt = now;
        EndReason = reason;
        Version++;
        return true;
    }
}
