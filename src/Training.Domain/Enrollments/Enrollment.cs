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

    /// <summary>The end reason of an enrollment whose child's file was erased.</summary>
    public const string Erased = "erased";

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

    /// <summary>
    /// Until when a place is held for a youth on the waiting list; null while none is offered. An offered youth is still
    /// <see cref="EnrollmentStatus.Waitlisted"/>: the place is held, taking part begins with the family's word.
    /// </summary>
    public DateTimeOffset? OfferExpiresAt { get; private set; }

    /// <summary>
    /// Where it stands in the waiting list instead of where <see cref="EnrolledAt"/> put it: the instant it went back to the end, or one
    /// before all others when a coordinator put it at the head. Null while it stands as entered.
    /// </summary>
    public DateTimeOffset? QueuedAgainAt { get; private set; }

    /// <summary>True when a place is held for it until the family answers.</summary>
    public bool IsOffered => IsLive && Status == EnrollmentStatus.Waitlisted && OfferExpiresAt is not null;

    /// <summary>True when it takes one of the group's places.</summary>
    public bool HoldsPlace => IsLive && (Status is EnrollmentStatus.Active or EnrollmentStatus.AwaitingConsent || IsOffered);

    /// <summary>Ends the enrollment; a second end is refused.</summary>
    /// <returns>False when it had ended already.</returns>
    public bool Withdraw(string reason, DateTimeOffset now)
    {
        if (!IsLive) return false;
        Status = EnrollmentStatus.Withdrawn;
        Slot = Id;
        EndedAt = now;
        EndReason = reason;
        OfferExpiresAt = null;
        Version++;
        return true;
    }

    /// <summary>Holds a place for a youth who waits, until the family answers or the time is over.</summary>
    /// <returns>False when it does not wait, or has an offer already.</returns>
    public bool Offer(DateTimeOffset until)
    {
        if (!IsLive || Status != EnrollmentStatus.Waitlisted || OfferExpiresAt is not null) return false;
        OfferExpiresAt = until;
        Version++;
        return true;
    }

    /// <summary>Takes the offered place on the family's word.</summary>
    /// <param name="hasConsent">True when a guardian has consented to participation.</param>
    /// <param name="now">The time; an offer that has run out is no offer.</param>
    /// <returns>False when no offer stands.</returns>
    public bool Accept(bool hasConsent, DateTimeOffset now)
    {
        if (!IsOffered || OfferExpiresAt <= now) return false;
        OfferExpiresAt = null;
        Status = hasConsent ? EnrollmentStatus.Active : EnrollmentStatus.AwaitingConsent;
        Version++;
        return true;
    }

    /// <summary>Puts who waits at the head of the waiting list.</summary>
    /// <param name="first">Where the first of the list stands now.</param>
    /// <returns>False when it does not wait, or a place is held for it already.</returns>
    public bool MoveForward(DateTimeOffset first)
    {
        if (!IsLive || Status != EnrollmentStatus.Waitlisted || IsOffered) return false;
        QueuedAgainAt = first.AddSeconds(-1);
        Version++;
        return true;
    }

    /// <summary>
    /// Lets the offered place go, by the family's word or by silence: the youth keeps waiting, at the end of the list.
    /// </summary>
    /// <returns>False when there is no offer.</returns>
    public bool PassOffer(DateTimeOffset now)
    {
        if (!IsOffered) return false;
        OfferExpiresAt = null;
        QueuedAgainAt = now;
        Version++;
        return true;
    }

    /// <summary>Moves to a group, of this site or another; the attendance so far stays with the enrollment.</summary>
    /// <param name="to">The group.</param>
    /// <param name="hasPlace">False when the group is full: the youth waits, at the end of its list.</param>
    /// <param name="now">The time.</param>
    /// <param name="hasConsent">True when a guardian has consented to participation.</param>
    /// <returns>False when the enrollment has ended or the group is of another edition.</returns>
    public bool MoveTo(Directory.Group to, bool hasPlace, bool hasConsent, DateTimeOffset now)
    {
        if (!IsLive || to.EditionId != EditionId) return false;
        (SiteId, RegionId, GroupId) = (to.SiteId, to.RegionId, to.Id);
        OfferExpiresAt = null;
        QueuedAgainAt = hasPlace ? null : now;
        Status = !hasPlace ? EnrollmentStatus.Waitlisted : hasConsent ? EnrollmentStatus.Active : EnrollmentStatus.AwaitingConsent;
        Version++;
        return true;
    }

    /// <summary>Follows the guardian's consent to participation, given or withdrawn.</summary>
    /// <returns>False when nothing changes by it.</returns>
    public bool FollowConsent(bool given)
    {
        var (from, to) = given
            ? (EnrollmentStatus.AwaitingConsent, EnrollmentStatus.Active)
            : (EnrollmentStatus.Active, EnrollmentStatus.AwaitingConsent);
        if (!IsLive || Status != from) return false;
        Status = to;
        Version++;
        return true;
    }
}
