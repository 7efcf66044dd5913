namespace Training.Domain.Enrollments;

/// <summary>What happened to an enrollment. One that came by a list has no line for its beginning: the list knows who brought it.</summary>
public enum EnrollmentAct : byte
{
    /// <summary>Left the programme, with a reason of <see cref="WithdrawalReasons"/>.</summary>
    Withdrawn = 1,

    /// <summary>Came back after an end: a new enrollment, tied to the youth's earlier ones by the youth.</summary>
    Reenrolled = 2,

    /// <summary>A place was offered to the first of the waiting list.</summary>
    Offered = 3,

    /// <summary>A place was offered out of the list's order by a coordinator, with a reason.</summary>
    OfferedOutOfOrder = 4,

    /// <summary>The family took the offered place.</summary>
    OfferAccepted = 5,

    /// <summary>The family let the offered place go.</summary>
    OfferDeclined = 6,

    /// <summary>The offer's time was over without an answer.</summary>
    OfferLapsed = 7,

    /// <summary>Moved to another group of the site.</summary>
    GroupChanged = 8,

    /// <summary>Moved to another site.</summary>
    Transferred = 9,

    /// <summary>A guardian's consent to participation was recorded.</summary>
    ConsentGiven = 10,

    /// <summary>A guardian's consent to participation was withdrawn.</summary>
    ConsentWithdrawn = 11,

    /// <summary>Taken over from the edition before; consent is asked for again.</summary>
    RolledOver = 12,

    /// <summary>Put at the head of the waiting list by a coordinator, with a reason, while no place was free.</summary>
    MovedForward = 13,

    /// <summary>Ended because the child had two files, which were made one, and a place on each.</summary>
    Merged = 14,

    /// <summary>Lives again because the merge was undone.</summary>
    Separated = 15,

    /// <summary>Registered by form or API.</summary>
    Registered = 16,
}

/// <summary>
/// One line of an enrollment's history: who did what, when. Lines are only ever added, one a version
/// (<see cref="EnrollmentId"/>, <see cref="Version"/>), so that a repeated act cannot leave two.
/// </summary>
public sealed class EnrollmentChange
{
    /// <summary>Longest note, in characters.</summary>
    public const int NoteMax = 300;

    /// <summary>The enrollment.</summary>
    public required int EnrollmentId { get; init; }

    /// <summary>The enrollment's version after the act.</summary>
    public required int Version { get; init; }

    /// <summary>What happened.</summary>
    public required EnrollmentAct Act { get; init; }

    /// <summary>Who: <c>account:7</c>, <c>key:3</c>, <c>system</c>.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Site before the act.</summary>
    public required int FromSiteId { get; init; }

    /// <summary>Group before the act.</summary>
    public required int FromGroupId { get; init; }

    /// <summary>Status before the act.</summary>
    public required EnrollmentStatus FromStatus { get; init; }

    /// <summary>Site after the act.</summary>
    public required int ToSiteId { get; init; }

    /// <summary>Group after the act.</summary>
    public required int ToGroupId { get; init; }

    /// <summary>Status after the act.</summary>
    public required EnrollmentStatus ToStatus { get; init; }

    /// <summary>Stable code of the reason; null when the act needs none.</summary>
    public string? Reason { get; init; }

    /// <summary>What the person added in words; null when nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The line with which an enrollment begins: there is nothing before it, so that both sides say how it began.</summary>
    /// <param name="row">The enrollment.</param>
    /// <param name="by">Who registered it.</param>
    public static EnrollmentChange Registered(Enrollment row, string by) => new()
    {
        EnrollmentId = row.Id,
        Version = row.Version,
        Act = EnrollmentAct.Registered,
        By = by,
        At = row.EnrolledAt,
        FromSiteId = row.SiteId,
        FromGroupId = row.GroupId,
        FromStatus = row.Status,
        ToSiteId = row.SiteId,
        ToGroupId = row.GroupId,
        ToStatus = row.Status,
    };
}
