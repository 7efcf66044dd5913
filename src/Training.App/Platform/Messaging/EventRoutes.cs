using System.Reflection;
using MassTransit;
using Training.App.Platform.Configuration;
using Training.Data.Outbox;
using Training.Data.Writing;

namespace Training.App.Platform.Messaging;

/// <summary>Finds the consumers in the assembly and says which outbox rows an event needs.</summary>
internal sealed class EventRoutes : IEventRoutes
{
    private static readonly IReadOnlyList<string> BrokerOnly = [OutboxRow.Broker];

    private readonly Dictionary<Type, IReadOnlyList<string>> consumersOf;

    public EventRoutes(AppOptions options)
    {
        Consumers = [.. Discover()];
        Messages = Consumers.Select(consumer => consumer.Message).Distinct().ToDictionary(NameOf);
        consumersOf = Consumers.GroupBy(consumer => consumer.Message).ToDictionary(
            group => group.Key,
            group => options.UsesRabbitMq ? BrokerOnly : (IReadOnlyList<string>)[.. group.Select(consumer => consumer.Name)]);
    }

    /// <summary>Every consumer of the application.</summary>
    public IReadOnlyList<ConsumerRoute> Consumers { get; }

    /// <summary>Message types by stable name.</summary>
    public IReadOnlyDictionary<string, Type> Messages { get; }

    public string NameOf(Type message) => message.Name;

    public IReadOnlyList<string> ConsumersOf(Type message) => consumersOf.GetValueOrDefault(message, []);

    private static IEnumerable<ConsumerRoute> Discover() =>
        from type in Assembly.GetExecutingAssembly().GetTypes()
        where type is { IsClass: true, IsAbstract: false }
        from contract in type.GetInterfaces()
        where contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IConsumer<>)
        let message = contract.GetGenericArguments()[0]
        orderby type.Name, message.Name
        select new ConsumerRoute($"{type.Name}.{message.Name}", type, message);
}

/// <summary>One consumer of one message type.</summary>
/// <param name="Name">Stable name: it stands in outbox rows.</param>
/// <param name="Consumer">The consumer class.</param>
/// <param name="Message">The message record.</param>
internal sealed record ConsumerRoute(string Name, Type Consumer, Type Message);
