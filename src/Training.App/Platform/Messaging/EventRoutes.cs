using System.Reflection;
using MassTransit;
using Training.App.Platform.Configuration;
using Training.Data.Outbox;
using Training.Data.Writing;

namespace Training.App.Platform.Messaging;

/// <summary>Finds the consumers in the given assemblies and says which outbox rows an event needs.</summary>
internal sealed class EventRoutes : IEventRoutes
{
    private static readonly IReadOnlyList<string> BrokerOnly = [OutboxRow.Broker];

    private readonly Dictionary<Type, IReadOnlyList<string>> consumersOf;
    private readonly Dictionary<string, IReadOnlyList<string>> consumersByMessage;
    private readonly Dictionary<Type, IReadOnlyList<string>> steadyOf;
    private readonly Dictionary<Type, IInterest> interestOf = [];

    public EventRoutes(AppOptions options, params IReadOnlyCollection<Assembly> assemblies)
        : this(options, [], assemblies)
    {
    }

    public EventRoutes(AppOptions options, IEnumerable<IInterest> interests, IReadOnlyCollection<Assembly> assemblies)
    {
        Consumers = [.. Discover(assemblies)];
        Messages = Consumers.Select(consumer => consumer.Message).Distinct().ToDictionary(NameOf);
        var routes = Consumers.GroupBy(consumer => consumer.Message).ToDictionary(
            group => group.Key, group => (IReadOnlyList<string>)[.. group.Select(consumer => consumer.Name)]);
        consumersByMessage = routes.ToDictionary(route => NameOf(route.Key), route => route.Value);
        consumersOf = routes.ToDictionary(route => route.Key, route => options.UsesRabbitMq ? BrokerOnly : route.Value);
        // Over a broker the queue is there anyway, and the consumer itself looks whether anybody asks.
        var idle = options.UsesRabbitMq ? [] : interests.ToDictionary(interest => interest.Consumer);
        steadyOf = Consumers.GroupBy(consumer => consumer.Message).ToDictionary(
            group => group.Key, group => (IReadOnlyList<string>)[.. group.Where(consumer => !idle.ContainsKey(consumer.Consumer)).Select(consumer => consumer.Name)]);
        foreach (var consumer in Consumers)
            if (idle.TryGetValue(consumer.Consumer, out var interest)) interestOf.Add(consumer.Message, interest);
    }

    /// <summary>Every consumer of the application.</summary>
    public IReadOnlyList<ConsumerRoute> Consumers { get; }

    /// <summary>Message types by stable name.</summary>
    public IReadOnlyDictionary<string, Type> Messages { get; }

    public string NameOf(Type message) => message.Name;

    public IReadOnlyList<string> ConsumersOf(Type message) =>
        (interestOf.TryGetValue(message, out var interest) && !interest.Wants(message) ? steadyOf : consumersOf).GetValueOrDefault(message, []);

    /// <summary>Consumers of a message by its stable name, whatever carries it; none when the message is unknown.</summary>
    public IReadOnlyList<string> ConsumersOf(string message) => consumersByMessage.GetValueOrDefault(message, []);

    /// <summary>Every pair of consumer class and message in the assemblies; the application's own when none is given.</summary>
    public static IEnumerable<ConsumerRoute> Discover(IReadOnlyCollection<Assembly> assemblies) =>
        from assembly in assemblies.Count == 0 ? [Assembly.GetExecutingAssembly()] : assemblies
        from type in assembly.GetTypes()
        where type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }
        from contract in type.GetInterfaces()
        where contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IConsumer<>)
        let message = contract.GetGenericArguments()[0]
        orderby type.Name, message.Name
        select ConsumerRoute.Of(type, message);
}
