using System.IO.Compression;
using System.Text.Json;
using Training.App.Platform.Configuration;

namespace Training.App.Platform.Commands;

/// <summary>
/// One archive that a machine can be rebuilt from: the database as of one instant, the keys that open its secrets, and the stored
/// files. Runs beside a serving process.
/// </summary>
[Command(
    "backup", "FILE --password-file FILE | FILE --encrypt no", "Writes database, keys and files into one archive (SQLite), encrypted under the password in that file.",
    NeedsDatabase = false)]
internal sealed class Backup(AppOptions options, IServiceProvider services, TimeProvider time) : ICommand
{
    public async Task<int> RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var target = Path.GetFullPath(arguments.Word("FILE to write the backup to"));
        var database = BackupFiles.DatabaseOf(services);
        if (!File.Exists(database)) throw new CommandException("There is no database to back up yet.");
        if (File.Exists(target)) throw new CommandException($"{target} exists already; name another file.");
        var password = await BackupFiles.PasswordAsync(arguments, cancellationToken);
        if (arguments.Option("encrypt") is { } wish && wish != "no") throw new CommandException("The option --encrypt takes \"no\" alone; a password file encrypts.");
        if (password is null && arguments.Option("encrypt") is null)
            throw new CommandException("A backup holds children's data and the keys: name --password-file FILE with a password to encrypt it, or say --encrypt no where its place is encrypted.");
        if (password is not null && arguments.Option("encrypt") is not null) throw new CommandException("Name --password-file or --encrypt no, not both.");

        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var snapshot = target + ".db";
        var unfinished = target + ".unfinished";
        var trial = target + ".trial";
        var at = time.GetUtcNow();
        var locked = target + ".locked";
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
            var contents = await TryAsync(unfinished, trial, snapshot, at, cancellationToken);
            await using (var archive = await ZipFile.OpenAsync(unfinished, ZipArchiveMode.Update, cancellationToken))
            {
                await using var entry = await archive.CreateEntry(BackupContents.Entry).OpenAsync(cancellationToken);
                await JsonSerializer.SerializeAsync(entry, contents, JsonSerializerOptions.Web, cancellationToken);
            }
            if (password is null)
            {
                File.Move(unfinished, target);
            }
            else
            {
                await LockedArchive.LockAsync(unfinished, locked, password, cancellationToken);
                File.Move(locked, target);
            }
            await new BackupNote(at).WriteAsync(options.StorageRoot, cancellationToken);
            await output.WriteLineAsync(
                $"The backup is written, unpacked once and compared{(password is null ? ", not encrypted: it holds children's data and the keys" : "")}: {target} ({contents.Rows.Values.Sum():N0} rows, {contents.Files:N0} files, {time.GetUtcNow() - at:mm\\:ss\\.f})");
        }
        finally
        {
            File.Delete(snapshot);
            File.Delete(unfinished);
            File.Delete(locked);
            if (System.IO.Directory.Exists(trial)) System.IO.Directory.Delete(trial, recursive: true);
        }
        return 0;
    }

    /// <summary>Unpacks what was packed and compares: a backup that cannot be restored is none.</summary>
    private static async Task<BackupContents> TryAsync(string archive, string trial, string snapshot, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await ZipFile.ExtractToDirectoryAsync(archive, trial, cancellationToken);
        var unpacked = await BackupContents.OfAsync(trial, at, cancellationToken);
        var packed = Path.Combine(trial, BackupFiles.DatabaseEntry);
        if (!await BackupFiles.AreEqualAsync(snapshot, packed, cancellationToken)) throw new CommandException("The packed database differs from its source; nothing was kept.");
        await BackupContents.VerifyDocumentsAsync(trial, cancellationToken);
        return unpacked;
    }
}

/// <summary>Puts a backup in the place of what is there. Refused while a process has the database open.</summary>
[Command("restore", "FILE [--password-file FILE]", "Replaces database, keys and files by those of a backup (SQLite; the application must be stopped).", NeedsDatabase = false)]
internal sealed class Restore(AppOptions options, IServiceProvider services, TimeProvider time) : ICommand
{
    public async Task<int> RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var source = Path.GetFullPath(arguments.Word("FILE to restore from"));
        var database = BackupFiles.DatabaseOf(services);
        if (!File.Exists(source)) throw new CommandException($"{source} does not exist.");
        if (BackupFiles.IsInUse(database)) throw new CommandException("The database is in use; stop the application first.");

        System.IO.Directory.CreateDirectory(options.StorageRoot);
        var folder = System.IO.Directory.CreateTempSubdirectory("training-restore-").FullName;
        try
        {
            if (await LockedArchive.IsLockedAsync(source, cancellationToken))
            {
                var password = await BackupFiles.PasswordAsync(arguments, cancellationToken) ?? throw new CommandException($"{source} is encrypted: name --password-file.");
                var opened = Path.Combine(folder, "opened");
                await LockedArchive.UnlockAsync(source, opened, password, cancellationToken);
                await UnpackAsync(opened, folder, cancellationToken);
            }
            else
            {
                await UnpackAsync(source, folder, cancellationToken);
            }
            var restored = Path.Combine(folder, BackupFiles.DatabaseEntry);
            if (!File.Exists(restored) || !await BackupFiles.IsSoundAsync(restored, cancellationToken))
                throw new CommandException($"{source} is not a sound backup; nothing was changed.");
            var contents = await CompareAsync(folder, cancellationToken);
            var (documents, newest) = await BackupContents.VerifyDocumentsAsync(folder, cancellationToken);
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
            await output.WriteLineAsync(
                $"The backup of {contents.At:yyyy-MM-dd HH:mm} UTC is restored in {time.GetElapsedTime(began).TotalSeconds:N1} s: "
                + $"{contents.Rows.Values.Sum():N0} rows and {contents.Files:N0} files as they were counted, {documents:N0} documents verified by their bytes"
                + (newest is null ? "." : $", the newest that of certificate {newest}."));
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    /// <summary>Counts what was unpacked. A backup of an earlier version says nothing of its contents, and is taken as it is.</summary>
    private static async Task<BackupContents> CompareAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, BackupContents.Entry);
        var made = File.Exists(path) ? JsonSerializer.Deserialize<BackupContents>(await File.ReadAllTextAsync(path, cancellationToken), JsonSerializerOptions.Web) : null;
        var found = await BackupContents.OfAsync(folder, made?.At ?? DateTimeOffset.MinValue, cancellationToken);
        if (made is not null && found.DifferenceFrom(made) is { } difference) throw new CommandException($"The backup is not complete ({difference}); nothing was changed.");
        return found;
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
