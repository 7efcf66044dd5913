using System.Globalization;
using System.Security.Cryptography;

namespace Training.Data.Sealing;

/// <summary>A key under which personal words and files are kept.</summary>
/// <param name="Id">Eight hexadecimal digits of its hash, so that a key can be told from another and says nothing.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="Bytes">The key itself, 32 bytes.</param>
public sealed record SealingKey(string Id, DateTimeOffset MadeAt, byte[] Bytes)
{
    /// <summary>Length of a key, in bytes: AES-256.</summary>
    public const int Length = 32;

    /// <summary>Length of an id.</summary>
    public const int IdLength = 8;

    /// <summary>The id of a key.</summary>
    public static string IdOf(byte[] key) => Convert.ToHexStringLower(SHA256.HashData([.. "training.sealing-key"u8, .. key]))[..IdLength];
}

/// <summary>
/// The sealing keys of an installation: one file each in a folder that all its processes share, beside the data-protection keys. The
/// newest seals, every one opens. A process sees a key that another has made within some seconds, and at once when it meets its id.
/// </summary>
/// <param name="folder">The folder; made with the first key.</param>
public sealed class SealingKeys(string folder)
{
    private const string Ending = ".sealing-key";
    private const string Stamp = "yyyyMMddHHmmssfff";

    /// <summary>How old the list may grow.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private volatile SealingKey[]? known;
    private long readAt;

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>The keys there are, the newest last.</summary>
    /// <exception cref="SealingException">A file in the folder is no key.</exception>
    public IReadOnlyList<SealingKey> All => known is { } list && Environment.TickCount64 - Interlocked.Read(ref readAt) < Fresh.TotalMilliseconds ? list : Read();

    /// <summary>The key that seals.</summary>
    /// <exception cref="SealingException">There is none.</exception>
    public SealingKey Current => All is [.., var newest] ? newest : throw new SealingException($"There is no sealing key in {folder}.");

    /// <summary>The key with this id; null when there is none.</summary>
    public SealingKey? Find(string id) => Array.Find(known ?? Read(), key => key.Id == id) ?? Array.Find(Read(), key => key.Id == id);

    /// <summary>Makes a key, which seals from now on.</summary>
    public SealingKey Make(DateTimeOffset now)
    {
        var bytes = RandomNumberGenerator.GetBytes(SealingKey.Length);
        var key = new SealingKey(SealingKey.IdOf(bytes), now, bytes);
        Directory.CreateDirectory(folder);
        var arriving = Path.Combine(folder, Path.GetRandomFileName());
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(arriving, options)) writer.WriteLine(Convert.ToBase64String(bytes));
        File.Move(arriving, PathOf(key));
        Read();
        return key;
    }

    /// <summary>Takes a key away. What it sealed cannot be read afterwards: the caller has made sure that nothing is.</summary>
    public void Remove(SealingKey key)
    {
        File.Delete(PathOf(key));
        Read();
    }

    private string PathOf(SealingKey key) => Path.Combine(folder, $"{key.MadeAt.UtcDateTime.ToString(Stamp, CultureInfo.InvariantCulture)}-{key.Id}{Ending}");

    private SealingKey[] Read()
    {
        // A folder that is away for a moment, as a shared one may be, takes nothing away.
        var found = Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + Ending).Order(StringComparer.Ordinal).Select(KeyOf).ToArray() : known ?? [];
        known = found;
        Interlocked.Exchange(ref readAt, Environment.TickCount64);
        return found;
    }

    private static SealingKey KeyOf(string path)
    {
        var name = Path.GetFileName(path)[..^Ending.Length];
        var bytes = new byte[SealingKey.Length];
        var isKey = Convert.TryFromBase64String(File.ReadAllText(path).Trim(), bytes, out var length) && length == SealingKey.Length;
        if (!isKey || name.Split('-') is not [var stamp, var id] || SealingKey.IdOf(bytes) != id
            || !DateTime.TryParseExact(stamp, Stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var made))
            throw new SealingException($"The sealing key {path} is damaged; put it back from a backup.");
        return new SealingKey(id, new DateTimeOffset(made, TimeSpan.Zero), bytes);
    }
}

/// <summary>What is sealed cannot be opened: the key is missing, or the value was changed. The message holds nothing of what was kept.</summary>
/// <param name="message">One sentence for the operator.</param>
/// <param name="cause">What said so; null when it was found out otherwise.</param>
public sealed class SealingException(string message, Exception? cause = null) : Exception(message, cause);
