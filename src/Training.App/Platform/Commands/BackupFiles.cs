using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Training.Data.Sqlite;

namespace Training.App.Platform.Commands;

/// <summary>What both directions share.</summary>
internal static class BackupFiles
{
    public const string DatabaseEntry = "training.db";

    private const int PasswordMin = 12;

    private static readonly string[] Folders = ["keys", "files"];

    /// <summary>The database file.</summary>
    /// <exception cref="CommandException">The database is a server's.</exception>
    public static string DatabaseOf(IServiceProvider services) => services.GetService<SqliteProvider>() is { } sqlite
        ? Path.GetFullPath(new SqliteConnectionStringBuilder(sqlite.ConnectionString).DataSource)
        : throw new CommandException("SQL Server is backed up and restored with its own tools.");

    /// <summary>The password of <c>--password-file</c>, its first line; null when none is named. On the command line it would be seen by everybody.</summary>
    /// <exception cref="CommandException">The file cannot be used.</exception>
    public static async Task<string?> PasswordAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Option("password-file") is not { } file) return null;
        if (!File.Exists(file)) throw new CommandException($"{file} does not exist.");
        var password = (await File.ReadAllLinesAsync(file, cancellationToken)).FirstOrDefault()?.Trim();
        return password is { Length: >= PasswordMin } ? password : throw new CommandException($"The password in {file} must have at least {PasswordMin} characters.");
    }

    /// <summary>Keys and stored files under a root; not what is only arriving.</summary>
    public static IEnumerable<string> Beside(string root) => Folders.Select(folder => Path.Combine(root, folder))
        .Where(System.IO.Directory.Exists).SelectMany(folder => System.IO.Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) != "arriving");

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

    /// <summary>True when two files hold the same bytes.</summary>
    public static async Task<bool> AreEqualAsync(string one, string other, CancellationToken cancellationToken)
    {
        await using var first = File.OpenRead(one);
        await using var second = File.OpenRead(other);
        var hashes = (await SHA256.HashDataAsync(first, cancellationToken), await SHA256.HashDataAsync(second, cancellationToken));
        return hashes.Item1.SequenceEqual(hashes.Item2);
    }

    public static async Task<SqliteConnection> OpenAsync(string database, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
