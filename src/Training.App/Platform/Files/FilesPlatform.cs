using Training.App.Platform.Configuration;

namespace Training.App.Platform.Files;

/// <summary>Where uploads and printed documents lie.</summary>
internal static class FilesPlatform
{
    public static void AddFiles(this IServiceCollection services) => services.AddSingleton<IFileStore>(
        provider => new FolderFileStore(Path.Combine(provider.GetRequiredService<AppOptions>().StorageRoot, "files")));
}
