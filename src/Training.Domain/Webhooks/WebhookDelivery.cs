namespace Training.Domain.Webhooks;

/// <summary>How far the delivery of an event has come. The names are public.</summary>
public enum WebhookDeliveryState : byte
{
    /// <summary>It is tried at its hour.</summary>
    Waiting = 1,

    /// <summary>The partner took it.</summary>
    Delivered = 2,

    /// <summary>It was tried for three days; only by hand again.</summary>
    GivenUp = 3,

    /// <summary>The webhook was stopped before it could be told.</summary>
    Dropped = 4,
}

/// <summary>One event for one webhook: the row is what waits, and afterwards the log.</summary>
public sealed class WebhookDelivery
{
    /// <summary>Longest body, in characters.</summary>
    public const int BodyMax = 600;

    /// <summary>Longest stable word of an answer, in characters.</summary>
    public const int AnswerMax = 40;

    /// <summary>How long it is tried.</summary>
    public static readonly TimeSpan TriedFor = TimeSpan.FromDays(3);

    /// <summary>Pauses between tries; the last one repeats.</summary>
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
        TimeSpan.FromHours(3), TimeSpan.FromHours(6),
    ];

    /// <summary>Internal key, given by the database.</summary>
    public long Id { get; init; }

    /// <summary>The webhook.</summary>
    public required int WebhookId { get; init; }

    /// <summary>The region it happened in.</summary>
    public required int RegionId { get; init; }

    /// <summary>What happened.</summary>
    public required WebhookEvents Event { get; init; }

    /// <summary>Key of the enrollment, session or certificate.</summary>
    public required int SubjectId { get; init; }

    /// <summary>The subject's version or revision: the same event heard twice makes one delivery.</summary>
    public required int SubjectVersion { get; init; }

    /// <summary>The event's id on the wire: the same in each try and for each webhook, so that a partner can drop repeats.</summary>
    public required Guid EventId { get; init; }

    /// <summary>What is sent: ids alone.</summary>
    public required string Body { get; init; }

    /// <summary>When it came to be.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is tried next.</summary>
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>When the last try is; another one by hand moves it.</summary>
    public required DateTimeOffset GiveUpAt { get; set; }

    /// <summary>Until when a worker has it in hand; one that was stopped loses it then.</summary>
    public DateTimeOffset? HeldUntil { get; set; }

    /// <summary>How far it has come.</summary>
    public WebhookDeliveryState State { get; private set; } = WebhookDeliveryState.Waiting;

    /// <summary>Tries so far.</summary>
    public int Attempts { get; private set; }

    /// <summary>How the last try ended, a stable word such as <c>http-500</c> or <c>timeout</c>; null before the first.</summary>
    public string? Answer { get; private set; }

    /// <summary>When the last try ended; null before the first.</summary>
    public DateTimeOffset? TriedAt { get; private set; }

    /// <summary>The partner took it.</summary>
    public void Accept(string answer, DateTimeOffset now)
    {
        Note(answer, now);
        State = WebhookDeliveryState.Delivered;
    }

    /// <summary>The partner did not take it: later each time, the last time three days after the first.</summary>
    public void Fail(string answer, DateTimeOffset now)
    {
        Note(answer, now);
        if (now >= GiveUpAt) State = WebhookDeliveryState.GivenUp;
        else DueAt = Earlier(now + Pauses[Math.Min(Attempts, Pauses.Length) - 1], GiveUpAt);
    }

    /// <summary>It was not tried, because its partner does not answer now; that is no try.</summary>
    public void Postpone(DateTimeOffset until) => (DueAt, HeldUntil) = (until, null);

    /// <summary>It will not be told.</summary>
    public void Drop() => (State, HeldUntil) = (WebhookDeliveryState.Dropped, null);

    /// <summary>Tries again for another three days, by hand; what was delivered may be told once more, under the same id.</summary>
    /// <returns>False while it is tried anyway.</returns>
    public bool Redeliver(DateTimeOffset now)
    {
        if (State == WebhookDeliveryState.Waiting) return false;
        (State, Attempts, DueAt, GiveUpAt, HeldUntil) = (WebhookDeliveryState.Waiting, 0, now, now + TriedFor, null);
        return true;
    }

    private void Note(string answer, DateTimeOffset now)
    {
        Attempts++;
        (Answer, TriedAt, HeldUntil) = (answer, now, null);
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
