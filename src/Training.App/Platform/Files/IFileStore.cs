namespace Training.App.Platform.Files;

/// <summary>
/// Keeps files by the hash of their bytes: the same bytes are kept once, a stored file never changes, and its name says nothing
/// about anybody. The door behind which a folder or an object store stands.
/// </summary>
internal interface IFileStore
{
    /// <summary>Stores a stream without holding it in memory; its hash is computed on the way.</summary>
    /// <param name="content">The bytes; read to the end, or until the limit is passed.</param>
    /// <param name="maxBytes">Most bytes accepted.</param>
    /// <param name="cancellationToken">Gives up; nothing stays behind.</param>
    /// <returns>What was stored; null when it was longer than the limit, and then nothing is stored.</returns>
    Task<StoredFile?> SaveAsync(Stream content, long maxBytes, CancellationToken cancellationToken);

    /// <summary>Stores bytes that are in memory already.</summary>
    Task<StoredFile> SaveAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Opens a stored file; null when there is none by that hash.</summary>
    Stream? OpenRead(string hash);

    /// <summary>
    /// Reads a file that fits in memory and compares it with its hash. A damaged one is set aside, so that the same bytes can be stored
    /// again.
    /// </summary>
    /// <returns>The bytes; null when there is no file by that hash, or it was damaged.</returns>
    Task<byte[]?> ReadAsync(string hash, CancellationToken cancellationToken);

    /// <summary>True when there is a file by that hash.</summary>
    bool Has(string hash);

    /// <summary>Removes a file that nobody needs any more; nothing happens when there is none.</summary>
    void Delete(string hash);
}

/// <summary>A stored file.</summary>
/// <param name="Hash">SHA-256 of its bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Length">Number of bytes.</param>
internal sealed record StoredFile(string Hash, long Length);
