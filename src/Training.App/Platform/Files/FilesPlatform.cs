using Training.App.Platform.Configuration;
using Training.Data.Sealing;

namespace Training.App.Platform.Files;

/// <summary>Where uploads and printed documents lie.</summary>
internal static class FilesPlatform
{
    public static void AddFiles(this IServiceCollection services)
    {
        services.AddSingleton<IFileStore>(provider => new FolderFileStore(RootOf(provider), provider.GetRequiredService<SealingKeys>()));
        services.AddSingleton(provider => new SealedFiles(RootOf(provider), provider.GetRequiredService<SealingKeys>()));
    }

    private static string RootOf(IServiceProvider provider) => Path.Combine(provider.GetRequiredService<AppOptions>().StorageRoot, "files");
}
