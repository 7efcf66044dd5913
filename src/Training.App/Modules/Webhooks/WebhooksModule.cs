using Training.App.Platform.Http;
using Training.App.Platform.Messaging;

namespace Training.App.Modules.Webhooks;

/// <summary>Partners' systems that are told of events: ids alone, signed, to addresses outside.</summary>
internal static class WebhooksModule
{
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<WebhookBook>();
        services.AddSingleton<IInterest>(provider => provider.GetRequiredService<WebhookBook>());
        services.AddHostedService<WebhookBookKeeper>();
        services.AddSingleton<WebhookSignal>();
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<WebhookWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<WebhookWorker>());
        services.AddScoped<SendDeliveries>();
        services.AddScoped<WebhookReach>();
        services.AddScoped<CreateWebhook.Handler>();
        services.AddScoped<ListWebhooks.Handler>();
        services.AddScoped<ChangeWebhook.Handler>();
        services.AddScoped<ListDeliveries.Handler>();
        services.AddScoped<RedeliverEvent.Handler>();
    }

    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/webhooks").RequireAuthorization(Policies.Coordinate).WithTags("Webhooks");
        ListWebhooks.Map(api);
        CreateWebhook.Map(api);
        ChangeWebhook.Map(api);
        ListDeliveries.Map(api);
        RedeliverEvent.Map(api);
    }
}
