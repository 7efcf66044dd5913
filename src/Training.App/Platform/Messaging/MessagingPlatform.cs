using Training.Data.Writing;

namespace Training.App.Platform.Messaging;

/// <summary>Carries events from the outbox to their consumers.</summary>
internal static class MessagingPlatform
{
    public static void AddMessaging(this IServiceCollection services)
    {
        services.AddSingleton<EventRoutes>();
        services.AddSingleton<IEventRoutes>(provider => provider.GetRequiredService<EventRoutes>());
        services.AddSingleton<RelaySignal>();
        services.AddSingleton<IRelaySignal>(provider => provider.GetRequiredService<RelaySignal>());
    }
}
