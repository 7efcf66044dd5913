using Training.App.Platform.Commands;
using Training.App.Platform.Security;

namespace Training.App.Platform.Seeding;

/// <summary>What a new installation starts with.</summary>
internal static class SeedingPlatform
{
    public static void AddSeeding(this IServiceCollection services)
    {
        services.AddSingleton<ReferenceData>();
        services.AddSingleton<DemoData>();
        services.AddScoped<ILoadStep, LoadSessions>();
    }

    /// <summary>Schema, sealing keys and reference data, as every start and most commands need them.</summary>
    public static async Task PrepareAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.MigrateAsync(cancellationToken);
        await services.GetRequiredService<SealingBook>().PrepareAsync(cancellationToken);
        await services.GetRequiredService<ReferenceData>().SeedAsync(cancellationToken);
    }
}
