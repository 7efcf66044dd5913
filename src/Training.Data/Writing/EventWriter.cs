using System.Text.Json;
using Training.Data.Audit;
using Training.Data.Outbox;

namespace Training.Data.Writing;

/// <summary>Says which rows an event needs: one per consumer, or one for the broker.</summary>
public interface IEventRoutes
{
    /// <summary>Stable name of a message type.</summary>
    string NameOf(Type message);

    /// <summary>Consumers of a message type by stable name; <see cref="OutboxRow.Broker"/> alone when a broker carries it.</summary>
    IReadOnlyList<string> ConsumersOf(Type message);
}

/// <summary>Promises events in the transaction of the change they tell of.</summary>
public sealed class EventWriter(IRowWriter rows, IEventRoutes routes, TimeProvider time)
{
    /// <summary>True when something was promised since the flag was last cleared: the relay has work after the commit.</summary>
    public bool Any { get; private set; }

    /// <summary>The first event of the change with its keys, cut where it is long; null when none was promised.</summary>
    public string? First { get; private set; }

    /// <summary>Begins another change.</summary>
    public void Begin() => (Any, First) = (false, null);

    /// <summary>Promises an event.</summary>
    /// <param name="message">A past-tense record with ids and versions, no personal data.</param>
    public void Add<TMessage>(TMessage message)
        where TMessage : class
    {
        var consumers = routes.ConsumersOf(typeof(TMessage));
        if (consumers.Count == 0) return;
        var id = Guid.NewGuid();
        var now = time.GetUtcNow();
        var body = JsonSerializer.Serialize(message, JsonSerializerOptions.Web);
        foreach (var consumer in consumers)
        {
            rows.Insert(new OutboxRow
            {
                EventId = id,
                Type = routes.NameOf(typeof(TMessage)),
                Consumer = consumer,
                Body = body,
                CreatedAt = now,
                DueAt = now,
            });
        }
        Any = true;
        First ??= Shorten($"{routes.NameOf(typeof(TMessage))} {body}");
    }

    /// <summary>Says in the trail what the change is about, where nobody needs to be told.</summary>
    /// <param name="message">A past-tense record with ids and versions, no personal data.</param>
    public void Mention<TMessage>(TMessage message)
        where TMessage : class => First ??= Shorten($"{routes.NameOf(typeof(TMessage))} {JsonSerializer.Serialize(message, JsonSerializerOptions.Web)}");

    private static string Shorten(string text) => text.Length <= AuditEntry.AboutMax ? text : text[..AuditEntry.AboutMax];
}
