using Training.App.Platform.Configuration;
using Training.Data;
using Training.Data.Providers;

namespace Training.App.Platform;

/// <summary>
/// A file that lies in the storage folder while a process of these roles runs, and stays behind when it was killed: the next start then
/// looks whether the database is whole before anybody writes into it.
/// </summary>
internal sealed class CrashMark : IDisposable
{
    private readonly FileStream? held;

    public CrashMark(AppOptions options)
    {
        System.IO.Directory.CreateDirectory(options.StorageRoot);
        var path = Path.Combine(options.StorageRoot, $"running-{options.Roles.ToString().Replace(", ", "-", StringComparison.Ordinal)}");
        var was = File.Exists(path);
        try
        {
            held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            FoundDead = was;
        }
        catch (IOException)
        {
            // A process of the same roles runs beside this one, and holds it.
        }
    }

    /// <summary>True when the process before this one did not end in good order.</summary>
    public bool FoundDead { get; }

    /// <summary>Looks at the database where that is due.</summary>
    /// <exception cref="ConfigurationException">It is damaged.</exception>
    public async Task CheckAsync(IDatabaseProvider provider, TrainingDbContext db, ILogger log, CancellationToken cancellationToken)
    {
        if (!FoundDead) return;
        if (!await provider.IsSoundAsync(db, cancellationToken))
            throw new ConfigurationException("Storage__Root", "holds a damaged database: nothing was changed; restore the last backup with \"restore FILE\".");
        log.LogInformation("The process before this one was killed; the database is whole");
    }

    public void Dispose() => held?.Dispose();
}
