using Training.App.Platform;
using Training.App.Platform.Files;
using Training.Data.Sealing;

namespace Training.App.Tests;

/// <summary>Reads what the file store keeps as the application reads it: on the disk it is sealed.</summary>
internal static class StoredFiles
{
    public static string PathOf(string storage, string hash) => Path.Combine(storage, "files", hash[..2], hash);

    public static async Task<byte[]> ReadAsync(string storage, string path)
    {
        await using var file = SealedFiles.Open(path, new SealingKeys(Path.Combine(storage, DatabasePlatform.SealingFolder)))
            ?? throw new FileNotFoundException("Nothing lies there.", path);
        using var content = new MemoryStream();
        await file.CopyToAsync(content);
        return content.ToArray();
    }
}
