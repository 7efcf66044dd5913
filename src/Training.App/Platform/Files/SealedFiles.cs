using Training.Data.Sealing;

namespace Training.App.Platform.Files;

/// <summary>The stored files as a whole: under which keys they lie, and sealing them again under another.</summary>
/// <param name="root">Folder of the store.</param>
/// <param name="keys">The keys.</param>
internal sealed class SealedFiles(string root, SealingKeys keys)
{
    private const int NameLength = 64;

    /// <summary>How many files a key seals; null: how many lie open.</summary>
    public int Count(string? keyId) => All().Count(path => KeyOf(path) == keyId);

    /// <summary>Seals again what does not lie under this key. A file is written beside its place and moved there: a killed run leaves it as it was.</summary>
    /// <returns>How many files were sealed.</returns>
    public async Task<int> ResealAsync(SealingKey key, CancellationToken cancellationToken)
    {
        var done = 0;
        foreach (var path in All())
        {
            if (KeyOf(path) == key.Id) continue;
            var arriving = Path.Combine(root, "arriving", Path.GetRandomFileName());
            try
            {
                await using (var source = Open(path, keys))
                {
                    if (source is null) continue; // Deleted meanwhile.
                    await using var target = new FileStream(arriving, FileMode.CreateNew, FileAccess.Write);
                    await using var writer = new SealingWriter(target, key);
                    var part = new byte[SealedFile.BlockLength];
                    int read;
                    while ((read = await source.ReadAsync(part, cancellationToken)) > 0) await writer.WriteAsync(part.AsMemory(0, read), cancellationToken);
                    await writer.EndAsync(cancellationToken);
                    target.Flush(flushToDisk: true);
                }
                // Who deleted it in the meantime meant the file, not its bytes under another key.
                if (File.Exists(path)) File.Move(arriving, path, overwrite: true);
                done++;
            }
            finally
            {
                File.Delete(arriving);
            }
        }
        return done;
    }

    /// <summary>Opens a stored file, sealed or not; null when there is none.</summary>
    /// <exception cref="SealingException">Its key is missing.</exception>
    public static Stream? Open(string path, SealingKeys keys)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 4096);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        var head = SealedFile.HeadOf(file);
        if (SealedFile.KeyOf(head) is not { } id)
        {
            file.Position = 0;
            return file;
        }
        if (keys.Find(id) is { } key) return new OpenedFile(file, key, head);
        file.Dispose();
        throw new SealingException($"The sealing key {id} is missing from {keys.Folder}: a stored file cannot be read.");
    }

    private static string? KeyOf(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return SealedFile.KeyOf(SealedFile.HeadOf(file));
        }
        catch (FileNotFoundException)
        {
            return ""; // Deleted meanwhile: under no key, and not open.
        }
    }

    /// <summary>Files in their places, not those that are arriving or set aside.</summary>
    private IEnumerable<string> All() => System.IO.Directory.Exists(root)
        ? System.IO.Directory.EnumerateDirectories(root).Where(folder => Path.GetFileName(folder).Length == 2)
            .SelectMany(System.IO.Directory.EnumerateFiles).Where(path => Path.GetFileName(path).Length == NameLength)
        : [];
}
