namespace Training.App.Platform.Seeding;

/// <summary>What a new installation starts with.</summary>
internal static class SeedingPlatform
{
    public static void AddSeeding(this IServiceCollection services)
    {
        services.AddSingleton<ReferenceData>();
    }
}
