using Training.App.Platform.Commands;

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

    /// <summary>Schema and reference data, as every start and most commands need them.</summary>
    public static async Task PrepareAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.MigrateAsync(cancellationToken);
        await services.GetRequiredService<ReferenceData>().SeedAsync(cancellationToken);
    }
}
