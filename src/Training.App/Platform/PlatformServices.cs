using Microsoft.AspNetCore.DataProtection;
using Scalar.AspNetCore;
using Training.App.Platform.Audit;
using Training.App.Platform.Configuration;
using Training.App.Platform.Files;
using Training.App.Platform.Gateways;
using Training.App.Platform.Http;
using Training.App.Platform.Messaging;
using Training.App.Platform.Seeding;
using Training.App.Platform.Telemetry;

namespace Training.App.Platform;

/// <summary>What every module stands on.</summary>
internal static class PlatformServices
{
    public static void AddPlatform(this IServiceCollection services, AppOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddDataProtection().SetApplicationName("training")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(options.StorageRoot, "keys")));
        services.AddDatabase(options);
        services.AddSeeding();
        services.AddMessaging();
        services.AddFiles();
        services.AddGateways(options);
        services.AddHttpPlatform();
        services.AddRateLimits();
        services.AddOpenApi(options => options.CreateSchemaReferenceId = SchemaNames.Of);
        services.AddHostedService<AuditSealer>();
        services.AddHealth();
        services.AddMetrics(options);
        services.AddOtlp(options);
    }

    /// <summary>The way of a request to its endpoint; the order matters.</summary>
    public static void UsePlatform(this WebApplication app)
    {
        app.UseOtlp();
        app.UseHttpPlatform();
        app.MapStaticAssets().AllowAnonymous();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<SameOrigin>();
        app.UseMiddleware<IdempotencyMiddleware>();
        app.MapOpenApi().AllowAnonymous();
        app.MapScalarApiReference(scalar => scalar.WithTitle("Training API").DisableDefaultFonts()).AllowAnonymous();
        app.MapHealth();
        app.MapMetrics();
    }
}
