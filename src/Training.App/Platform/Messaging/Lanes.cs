using Training.App.Platform.Configuration;
using Training.Data.Providers;

namespace Training.App.Platform.Messaging;

/// <summary>
/// Every lane of this process. Consumers have one each also when a broker is used: it serves what was promised before the
/// broker came, and what an operator replays.
/// </summary>
internal sealed class Lanes(
    AppOptions options, EventRoutes routes, OutboxStore store, IDatabaseProvider provider, IServiceScopeFactory scopes,
    IServiceProvider services, TimeProvider time, ILogger<ConsumerLane> log)
{
    public IReadOnlyList<ILane> All { get; } =
    [
        .. routes.Consumers.Select(route => new ConsumerLane(route, store, provider, scopes, time, log)),
        options.UsesRabbitMq ? services.GetRequiredService<BrokerLane>() : new SpreadLane(store, routes),
    ];
}
