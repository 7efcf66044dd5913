namespace Training.Data.Outbox;

/// <summary>Where a delivery stands.</summary>
public enum DeliveryState : byte
{
    /// <summary>To be delivered at or after its due time.</summary>
    Pending = 0,

    /// <summary>Given up after bounded retry; an operator sees it and can replay it.</summary>
    Dead = 1,
}

/// <summary>
/// One delivery that was promised in the same transaction as the change it tells of. In process there is a row per event and
/// consumer; with a broker one row per event, whose <see cref="Consumer"/> is empty.
/// </summary>
public sealed class OutboxRow
{
    /// <summary>Consumer of a row that is to be published to the broker.</summary>
    public const string Broker = "";

    /// <summary>Internal key, given by the database.</summary>
    public long Id { get; init; }

    /// <summary>Identity of the event, the same in each of its rows; also the broker's message id.</summary>
    public required Guid EventId { get; init; }

    /// <summary>Stable name of the message type.</summary>
    public required string Type { get; init; }

    /// <summary>Stable name of the consumer, or <see cref="Broker"/>.</summary>
    public required string Consumer { get; init; }

    /// <summary>The message as JSON: ids and versions, no personal data.</summary>
    public required string Body { get; init; }

    /// <summary>When it was promised.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Not to be tried before this.</summary>
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>Failed tries so far.</summary>
    public int Attempts { get; set; }

    /// <summary>Where it stands.</summary>
    public DeliveryState State { get; set; }

    /// <summary>The last failure's type and message without personal data; null when none.</summary>
    public string? LastError { get; set; }
}
