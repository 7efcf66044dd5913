using System.IO.Compression;
using Microsoft.Data.Sqlite;
using Training.App.Platform.Configuration;
using Training.Data.Sqlite;

namespace Training.App.Platform.Commands;

/// <summary>
/// One archive that a machine can be rebuilt from: the database as of one instant, the keys that open its secrets, and the stored
/// files. Runs beside a serving process.
/// </summary>
[Command("backup", "FILE", "Writes database, keys and files into one archive (SQLite).", NeedsDatabase = false)]
internal sealed class Backup(AppOptions options, IServiceProvider services) : ICommand
{
    public async Task<int> RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var target = Path.GetFullPath(arguments.Word("FILE to write the backup to"));
        var database = BackupFiles.DatabaseOf(services);
        if (!File.Exists(database)) throw new CommandException("There is no database to back up yet.");
        if (File.Exists(target)) throw new CommandException($"{target} exists already; name another file.");

        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var snapshot = target + ".db";
        var unfinished = target + ".unfinished";
        try
        {
            await BackupFiles.SnapshotAsync(database, snapshot, cancellationToken);
            if (!await BackupFiles.IsSoundAsync(snapshot, cancellationToken)) throw new CommandException("The database is damaged; nothing was written.");
            // Files are written once and never changed, so those copied after the snapshot include every one it names.
            await using (var archive = await ZipFile.OpenAsync(unfinished, ZipArchiveMode.Create, cancellationToken))
            {
                await archive.CreateEntryFromFileAsync(snapshot, BackupFiles.DatabaseEntry, CompressionLevel.Fastest, cancellationToken);
                foreach (var file in BackupFiles.Beside(options.StorageRoot))
                {
                    var name = Path.GetRelativePath(options.StorageRoot, file).Replace('\\', '/');
                    await archive.CreateEntryFromFileAsync(file, name, CompressionLevel.Fastest, cancellationToken);
                }
            }
            File.Move(unfinished, target);
        }
        finally
        {
            File.Delete(snapshot);
            File.Delete(unfinished);
        }
        await output.WriteLineAsync($"The backup is written: {target}");
        return 0;
    }
}

/// <summary>Puts a backup in the place of what is there. Refused while a process has the database open.</summary>
[Command("restore", "FILE", "Replaces database, keys and files by those of a backup (SQLite; the application must be stopped).", NeedsDatabase = false)]
internal sealed class Restore(AppOptions options, IServiceProvider services) : ICommand
{
    public async Task<int> RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var source = Path.GetFullPath(arguments.Word("FILE to restore from"));
        var database = BackupFiles.DatabaseOf(services);
        if (!File.Exists(source)) throw new CommandException($"{source} does not exist.");
        if (BackupFiles.IsInUse(database)) throw new CommandException("The database is in use; stop the application first.");

        System.IO.Directory.CreateDirectory(options.StorageRoot);
        var folder = System.IO.Directory.CreateTempSubdirectory("training-restore-").FullName;
        try
        {
            await UnpackAsync(source, folder, cancellationToken);
            var restored = Path.Combine(folder, BackupFiles.DatabaseEntry);
            if (!File.Exists(restored) || !await BackupFiles.IsSoundAsync(restored, cancellationToken))
                throw new CommandException($"{source} is not a sound backup; nothing was changed.");
            foreach (var file in BackupFiles.Beside(folder))
            {
                var target = Path.Combine(options.StorageRoot, Path.GetRelativePath(folder, file));
                System.IO.Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target, overwrite: true);
            }
            // The write-ahead log belongs to the replaced file: left there it would be played into the new one.
            File.Delete(database + "-wal");
            File.Delete(database + "-shm");
            var arriving = database + ".arriving";
            File.Copy(restored, arriving, overwrite: true);
            File.Move(arriving, database, overwrite: true);
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
        await output.WriteLineAsync("The backup is restored.");
        return 0;
    }

    private static async Task UnpackAsync(string source, string folder, CancellationToken cancellationToken)
    {
        try
        {
            await ZipFile.ExtractToDirectoryAsync(source, folder, cancellationToken);
        }
        catch (InvalidDataException)
        {
            throw new CommandException($"{source} is not a backup; nothing was changed.");
        }
    }
}

/// <summary>What both directions share.</summary>
internal static class BackupFiles
{
    public const string DatabaseEntry = "training.db";

    private static readonly string[] Folders = ["keys", "files"];

    /// <summary>The database file.</summary>
    /// <exception cref="CommandException">The database is a server's.</exception>
    public static string DatabaseOf(IServiceProvider services) => services.GetService<SqliteProvider>() is { } sqlite
        ? Path.GetFullPath(new SqliteConnectionStringBuilder(sqlite.ConnectionString).DataSource)
        : throw new CommandException("SQL Server is backed up and restored with its own tools.");

    /// <summary>Keys and stored files under a root.</summary>
    public static IEnumerable<string> Beside(string root) => Folders.Select(folder => Path.Combine(root, folder))
        .Where(System.IO.Directory.Exists).SelectMany(folder => System.IO.Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));

    public static async Task SnapshotAsync(string database, string target, CancellationToken cancellationToken)
    {
        File.Delete(target);
        await using var connection = await OpenAsync(database, cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $target";
        command.Parameters.AddWithValue("$target", target);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<bool> IsSoundAsync(string database, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await OpenAsync(database, cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA integrity_check(1)";
            return await command.ExecuteScalarAsync(cancellationToken) is "ok";
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    /// <summary>In WAL mode the exclusive locking mode is refused while anybody else has the file open.</summary>
    public static bool IsInUse(string database)
    {
        if (!File.Exists(database)) return false;
        try
        {
            using var connection = new SqliteConnection($"Data Source={database};Pooling=False;Default Timeout=1");
            connection.Open();
            using var command = connection.CreateCommand();
            // One by one: the driver passes over the failure of a later statement.
            foreach (var step in (string[])["PRAGMA locking_mode=EXCLUSIVE", "BEGIN EXCLUSIVE", "ROLLBACK"])
            {
                command.CommandText = step;
                command.ExecuteNonQuery();
            }
            return false;
        }
        catch (SqliteException locked) when (locked.SqliteErrorCode is 5 or 6)
        {
            return true;
        }
    }

    private static async Task<SqliteConnection> OpenAsync(string database, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
