using System.Reflection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Training.App.Platform.Configuration;
using Training.Data.Writing;

namespace Training.App.Platform.Messaging;

/// <summary>Carries events from the outbox to their consumers.</summary>
internal static class MessagingPlatform
{
    /// <param name="services">The services to add to.</param>
    /// <param name="assemblies">Where to look for consumers; the application itself when none is given.</param>
    public static void AddMessaging(this IServiceCollection services, params Assembly[] assemblies)
    {
        foreach (var route in EventRoutes.Discover(assemblies)) services.TryAddScoped(route.Consumer);
        services.AddSingleton(provider => new EventRoutes(provider.GetRequiredService<AppOptions>(), provider.GetServices<IInterest>(), assemblies));
        services.AddSingleton<IEventRoutes>(provider => provider.GetRequiredService<EventRoutes>());
        services.AddSingleton<RelaySignal>();
        services.AddSingleton<IRelaySignal>(provider => provider.GetRequiredService<RelaySignal>());
        services.AddSingleton<OutboxStore>();
        services.AddSingleton<Lanes>();
        services.AddSingleton<DeadLetters>();
        services.TryAddSingleton(BrokerSettings.Default);
        services.AddSingleton<RabbitMqBus>();
        services.AddSingleton<BrokerLane>();
        // In this order, because the relay must stop before the bus it publishes to.
        services.AddHostedService(provider => provider.GetRequiredService<RabbitMqBus>());
        services.AddHostedService<Relay>();
    }
}
