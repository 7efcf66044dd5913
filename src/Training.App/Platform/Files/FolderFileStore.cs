using System.Buffers;
using System.Security.Cryptography;
using Training.Data.Sealing;
using Training.Data.Writing;

namespace Training.App.Platform.Files;

/// <summary>
/// Files in a folder of the storage root, sealed (<see cref="SealedFile"/>): written beside their place, made durable, then moved there in one
/// step. A file's name is the hash of what was stored, not of how it lies there.
/// </summary>
internal sealed class FolderFileStore : IFileStore
{
    private const int HashLength = 64;
    private const int BlockSize = 128 * 1024;

    private readonly string root;
    private readonly string arriving;
    private readonly string damaged;
    private readonly SealingKeys keys;

    /// <summary>Opens a store.</summary>
    /// <param name="root">Its folder; made when missing.</param>
    /// <param name="keys">The keys under which files lie.</param>
    public FolderFileStore(string root, SealingKeys keys)
    {
        (this.root, this.keys) = (root, keys);
        arriving = Path.Combine(root, "arriving");
        damaged = Path.Combine(root, "damaged");
        System.IO.Directory.CreateDirectory(arriving);
    }

    public async Task<StoredFile?> SaveAsync(Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        var path = Path.Combine(arriving, Path.GetRandomFileName());
        try
        {
            var stored = await WriteAsync(path, content, maxBytes, cancellationToken);
            if (stored is not null) OnDisk(() => Keep(path, stored.Hash));
            return stored;
        }
        finally
        {
            File.Delete(path);
        }
    }

    public async Task<StoredFile> SaveAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var stored = new StoredFile(Convert.ToHexStringLower(SHA256.HashData(content.Span)), content.Length);
        if (File.Exists(PathOf(stored.Hash))) return stored;
        var path = Path.Combine(arriving, Path.GetRandomFileName());
        try
        {
            await OnDiskAsync(async () =>
            {
                await using (var file = Create(path))
                {
                    await using var writer = new SealingWriter(file, keys.Current);
                    await writer.WriteAsync(content, cancellationToken);
                    await writer.EndAsync(cancellationToken);
                    file.Flush(flushToDisk: true);
                }
                Keep(path, stored.Hash);
            });
            return stored;
        }
        finally
        {
            File.Delete(path);
        }
    }

    public Stream? OpenRead(string hash)
    {
        return IsHash(hash) ? SealedFiles.Open(PathOf(hash), keys) : null;
    }

    public async Task<byte[]?> ReadAsync(string hash, CancellationToken cancellationToken)
    {
        if (!Has(hash)) return null;
        try
        {
            var bytes = await OpenAsync(PathOf(hash), cancellationToken);
            if (bytes is not null && Convert.ToHexStringLower(SHA256.HashData(bytes)) == hash) return bytes;
            System.IO.Directory.CreateDirectory(damaged);
            File.Move(PathOf(hash), Path.Combine(damaged, hash), overwrite: true);
            return null;
        }
        catch (FileNotFoundException)
        {
            // Another reader has set it aside a moment ago.
            return null;
        }
    }

    /// <summary>What was stored; null when it was changed or cut off since. A missing key is no damage, and is said aloud.</summary>
    private async Task<byte[]?> OpenAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = SealedFiles.Open(path, keys) ?? throw new FileNotFoundException();
        if (file is OpenedFile { IsCut: true }) return null;
        try
        {
            var bytes = new byte[file.Length];
            await file.ReadExactlyAsync(bytes, cancellationToken);
            return bytes;
        }
        catch (Exception changed) when (changed is SealingException or EndOfStreamException)
        {
            return null;
        }
    }

    public bool Has(string hash) => IsHash(hash) && File.Exists(PathOf(hash));

    public void Delete(string hash)
    {
        if (Has(hash)) File.Delete(PathOf(hash));
    }

    private async Task<StoredFile?> WriteAsync(string path, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            await using var file = Create(path);
            await using var writer = new SealingWriter(file, keys.Current);
            long length = 0;
            int read;
            while ((read = await content.ReadAsync(block, cancellationToken)) > 0)
            {
                length += read;
                if (length > maxBytes) return null;
                hash.AppendData(block, 0, read);
                var part = block.AsMemory(0, read);
                await OnDiskAsync(() => writer.WriteAsync(part, cancellationToken));
            }
            await OnDiskAsync(() => writer.EndAsync(cancellationToken));
            OnDisk(() => file.Flush(flushToDisk: true));
            return new StoredFile(Convert.ToHexStringLower(hash.GetHashAndReset()), length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>Tells a disk that takes no more, which passes, from a sender who broke off.</summary>
    private static async Task OnDiskAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (IOException fault)
        {
            throw new StorageAwayException(fault);
        }
    }

    private static void OnDisk(Action write)
    {
        try
        {
            write();
        }
        catch (IOException fault)
        {
            throw new StorageAwayException(fault);
        }
    }

    private static FileStream Create(string path) =>
        new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);

    private void Keep(string path, string hash)
    {
        var kept = PathOf(hash);
        if (File.Exists(kept)) return;
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
        File.Move(path, kept, overwrite: true);
    }

    private string PathOf(string hash) => Path.Combine(root, hash[..2], hash);

    private static bool IsHash(string text) =>
        text.Length == HashLength && text.All(char.IsAsciiHexDigitLower);
}
