using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Platform.Files;
using Training.Data.Sealing;

namespace Training.App.Tests.Modules.Rights;

/// <summary>
/// Looks for words everywhere an installation keeps anything: each cell of each table, the database's pages, each stored file. What is sealed
/// is opened first: a word that cannot be seen is not gone.
/// </summary>
internal static class Traces
{
    /// <summary>Where any of the words stands, as <c>table.column</c> or the name of a file.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(TrainingApplication app, params string[] words)
    {
        var found = new List<string>();
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(app.Storage, "training.db")};Pooling=False");
        await connection.OpenAsync();
        foreach (var table in await TablesAsync(connection)) found.AddRange(await InTableAsync(connection, table, words));
        found.AddRange(System.IO.Directory.EnumerateFiles(app.Storage, "*", SearchOption.AllDirectories)
            .Where(file => !IsOpen(Path.GetFileName(file)) && Holds(Opened(file, app.Services.GetRequiredService<SealingKeys>()), words))
            .Select(file => Path.GetRelativePath(app.Storage, file)));
        return found;
    }

    /// <summary>True when a page of the database file still has one of the words, also one that no row uses any more.</summary>
    public static async Task<bool> AreInPagesAsync(TrainingApplication app, params string[] words)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(app.Storage, "training.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        await command.ExecuteNonQueryAsync();
        return System.IO.Directory.EnumerateFiles(app.Storage, "training.db*").Any(file => Holds(Read(file), words));
    }

    /// <summary>The database is read by its cells and pages; the mark of a running process is empty and locked.</summary>
    private static bool IsOpen(string name) => name.StartsWith("training.db", StringComparison.Ordinal) || name.StartsWith("running-", StringComparison.Ordinal);

    private static byte[] Opened(string file, SealingKeys keys)
    {
        using var stream = SealedFiles.Open(file, keys)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static async Task<List<string>> TablesAsync(SqliteConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
        await using var reader = await command.ExecuteReaderAsync();
        var tables = new List<string>();
        while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        return tables;
    }

    private static async Task<HashSet<string>> InTableAsync(SqliteConnection connection, string table, string[] words)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM \"{table}\"";
        await using var reader = await command.ExecuteReaderAsync();
        var found = new HashSet<string>();
        while (await reader.ReadAsync())
        {
            for (var i = 0; i < reader.FieldCount; i++)
            {
                var holds = reader.GetValue(i) switch
                {
                    string text => Holds(Encoding.UTF8.GetBytes(SealedText.Open(text, $"{table}.{reader.GetName(i)}")!), words),
                    byte[] bytes => Holds(bytes, words),
                    _ => false,
                };
                if (holds) found.Add($"{table}.{reader.GetName(i)}");
            }
        }
        return found;
    }

    private static bool Holds(byte[] bytes, string[] words) => words.Any(word => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) >= 0);
}
