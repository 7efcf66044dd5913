using Training.App.Platform.Gateways;
using Training.App.Platform.Http;

namespace Training.App.Modules.Notifications;

/// <summary>What families are told by message, and what the sites tell instead.</summary>
internal static class NotificationsModule
{
    public static void AddNotifications(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(NoticeOptions.Read(configuration));
        services.AddScoped<NoticeBook>();
        services.AddScoped<NoticeFacts>();
        services.AddScoped<NoticeWords>();
        services.AddScoped<SendNotices>();
        services.AddHostedService<NoticeWorker>();
        services.AddScoped<ListNotices.Handler>();
        services.AddScoped<MarkTold.Handler>();
        services.AddSingleton(new GatewayReceipts(ReceiptOptions.Read(configuration)));
        services.AddScoped<TakeReceipt.Handler>();
    }

    public static void MapNotifications(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/notices").RequireAuthorization(Policies.Enroll).WithTags("Notifications");
        ListNotices.Map(api);
        MarkTold.Map(api);
        TakeReceipt.Map(routes);
    }
}
