using Microsoft.Extensions.DependencyInjection.Extensions;
using Training.App.Platform.Configuration;

namespace Training.App.Platform.Gateways;

/// <summary>The doors through which messages leave the house.</summary>
internal static class GatewaysPlatform
{
    public static void AddGateways(this IServiceCollection services, AppOptions options)
    {
        services.AddSingleton<IMailSender>(new SmtpMailSender(options.Mail));
        services.AddSingleton<ISmsSender>(_ => new HttpSmsSender(options.Sms));
        services.AddSingleton(options.Outside);
        services.TryAddSingleton<ResolveHost>((host, cancellationToken) => System.Net.Dns.GetHostAddressesAsync(host, cancellationToken));
        services.AddSingleton<OutsideSender>();
    }
}
