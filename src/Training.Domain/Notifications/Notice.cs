namespace Training.Domain.Notifications;

/// <summary>What a family is told.</summary>
public enum NoticeKind : byte
{
    /// <summary>A session was called off; the subject is the session.</summary>
    SessionCancelled = 1,

    /// <summary>A session was put at another time; the subject is the session.</summary>
    SessionMoved = 2,

    /// <summary>A certificate can be downloaded; the subject is the certificate.</summary>
    CertificateReady = 3,

    /// <summary>A place is offered from the waiting list; the subject is the enrollment.</summary>
    PlaceOffered = 4,

    /// <summary>The guardian's consent is missing; the subject is the enrollment.</summary>
    ConsentMissing = 5,
}

/// <summary>How far a notice has come.</summary>
public enum NoticeState : byte
{
    /// <summary>It will be sent when it is due.</summary>
    Waiting = 1,

    /// <summary>The gateway took it over.</summary>
    Sent = 2,

    /// <summary>It cannot be sent: the site prints it or says it.</summary>
    ToTell = 3,

    /// <summary>The site printed it or said it.</summary>
    Told = 4,

    /// <summary>It was no longer true when it was due.</summary>
    Dropped = 5,
}

/// <summary>What the gateway has said of a message since it took it over.</summary>
public enum NoticeReceipt : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It lies on the phone. Nothing that comes afterwards changes that.</summary>
    Delivered = 1,

    /// <summary>It will not come.</summary>
    Undelivered = 2,
}

/// <summary>
/// One thing that the family of one child is to know. Its text is made when it is sent, from the facts of that moment, and kept
/// nowhere; what is kept is the log: what about, when, how it went.
/// </summary>
public sealed class Notice
{
    /// <summary>Longest stable word why it was not sent.</summary>
    public const int ReasonMax = 40;

    /// <summary>No guardian gave a consent to messages, or one is against them.</summary>
    public const string NoConsent = "no-consent";

    /// <summary>No guardian who consented has a mobile phone.</summary>
    public const string NoPhone = "no-phone";

    /// <summary>The gateway took it over and said later that it did not come.</summary>
    public const string NotDelivered = "not-delivered";

    /// <summary>Waits between attempts; after the last of them the notice is the site's to tell.</summary>
    private static readonly TimeSpan[] BackOff =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6)];

    /// <summary>Internal key, given by the database.</summary>
    public long Id { get; init; }

    /// <summary>The child.</summary>
    public required int ParticipantId { get; init; }

    /// <summary>The site whose people tell it when it cannot be sent.</summary>
    public required int SiteId { get; init; }

    /// <summary>The site's region.</summary>
    public required int RegionId { get; init; }

    /// <summary>What about.</summary>
    public required NoticeKind Kind { get; init; }

    /// <summary>Key of the session, certificate or enrollment.</summary>
    public required int SubjectId { get; init; }

    /// <summary>The subject's version of which it tells: the same event heard twice makes one notice.</summary>
    public required int SubjectVersion { get; init; }

    /// <summary>How far it has come.</summary>
    public NoticeState State { get; private set; } = NoticeState.Waiting;

    /// <summary>When it came to be.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is sent next.</summary>
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>Until when a worker has it in hand; one that was stopped loses it then.</summary>
    public DateTimeOffset? HeldUntil { get; set; }

    /// <summary>How often it was tried in vain.</summary>
    public int Attempts { get; private set; }

    /// <summary>Why it was not sent, a stable word; null when it was or nothing is known yet.</summary>
    public string? Reason { get; private set; }

    /// <summary>To whom it went; null while it did not.</summary>
    public int? GuardianId { get; private set; }

    /// <summary>The message it went in, with others of the same family; null while it did not.</summary>
    public Guid? MessageId { get; private set; }

    /// <summary>What the gateway has said of it since.</summary>
    public NoticeReceipt Receipt { get; private set; }

    /// <summary>When it said so; null while it has not.</summary>
    public DateTimeOffset? ReceiptAt { get; private set; }

    /// <summary>When it was sent, told or dropped; null while it waits.</summary>
    public DateTimeOffset? DoneAt { get; private set; }

    /// <summary>Who told it, by the caller's stable name; null when nobody had to.</summary>
    public string? ToldBy { get; private set; }

    /// <summary>The gateway took it over.</summary>
    public void Send(int guardianId, Guid messageId, DateTimeOffset now) =>
        (State, GuardianId, MessageId, DoneAt, Reason, HeldUntil) = (NoticeState.Sent, guardianId, messageId, now, null, null);

    /// <summary>
    /// What the gateway says afterwards, in whatever order and how often: what arrived has arrived. One that did not come is the site's to
    /// tell, unless somebody has told it already.
    /// </summary>
    /// <returns>False when it changes nothing.</returns>
    public bool Acknowledge(bool delivered, DateTimeOffset now)
    {
        var receipt = delivered ? NoticeReceipt.Delivered : NoticeReceipt.Undelivered;
        if (MessageId is null || Receipt == NoticeReceipt.Delivered || Receipt == receipt) return false;
        (Receipt, ReceiptAt) = (receipt, now);
        if (!delivered && State == NoticeState.Sent) HandOver(NotDelivered);
        else if (delivered && State == NoticeState.ToTell && Reason == NotDelivered) (State, Reason) = (NoticeState.Sent, null);
        return true;
    }

    /// <summary>The gateway did not take it now: it waits longer each time, and in the end it is the site's to tell.</summary>
    public void Fail(string reason, DateTimeOffset now)
    {
        (Reason, HeldUntil) = (reason, null);
        if (Attempts == BackOff.Length) State = NoticeState.ToTell;
        else DueAt = now + BackOff[Attempts++];
    }

    /// <summary>It cannot be sent: somebody has to print it or say it.</summary>
    public void HandOver(string reason) => (State, Reason, HeldUntil) = (NoticeState.ToTell, reason, null);

    /// <summary>It is no longer true.</summary>
    public void Drop(DateTimeOffset now) => (State, DoneAt, HeldUntil) = (NoticeState.Dropped, now, null);

    /// <summary>It waits for another time of day, or another day.</summary>
    public void Postpone(DateTimeOffset until) => (DueAt, HeldUntil) = (until, null);

    /// <summary>The site printed it or said it.</summary>
    /// <returns>False when there is nothing to tell any more.</returns>
    public bool Tell(string by, DateTimeOffset now)
    {
        if (State != NoticeState.ToTell) return false;
        (State, ToldBy, DoneAt) = (NoticeState.Told, by, now);
        return true;
    }
}
