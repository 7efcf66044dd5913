using System.Security.Cryptography;
using System.Text.Json;
using Training.App.Platform.Files;
using Training.Data.Sealing;

namespace Training.App.Platform.Commands;

/// <summary>What a backup holds, counted when it was made and again wherever it is opened: a copy that lacks a row or a byte is found.</summary>
/// <param name="At">The instant of the database in it.</param>
/// <param name="Rows">Rows by table.</param>
/// <param name="Files">Stored files: how many.</param>
/// <param name="Bytes">Their size.</param>
internal sealed record BackupContents(DateTimeOffset At, SortedDictionary<string, long> Rows, int Files, long Bytes)
{
    /// <summary>Name of its entry in the archive.</summary>
    public const string Entry = "contents.json";

    /// <summary>Counts what lies unpacked in a folder.</summary>
    /// <param name="folder">Holds database, keys and files.</param>
    /// <param name="at">Of which instant it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<BackupContents> OfAsync(string folder, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var files = BackupFiles.Beside(folder).Select(file => new FileInfo(file)).ToList();
        return new BackupContents(at, await RowsAsync(Path.Combine(folder, BackupFiles.DatabaseEntry), cancellationToken), files.Count, files.Sum(file => file.Length));
    }

    /// <summary>The first difference from what was counted when the backup was made; null when there is none.</summary>
    public string? DifferenceFrom(BackupContents made)
    {
        foreach (var (table, count) in made.Rows)
        {
            var here = Rows.GetValueOrDefault(table, -1);
            if (here != count) return $"{table} has {here} rows, not {count}";
        }
        return (Files, Bytes) == (made.Files, made.Bytes) ? null : $"{Files} files of {Bytes} bytes, not {made.Files} of {made.Bytes}";
    }

    /// <summary>Reads every stored document that the database names, and compares its bytes with its name, which is their hash.</summary>
    /// <returns>How many were read, and the number of the newest certificate among them.</returns>
    /// <exception cref="CommandException">One is missing or damaged.</exception>
    public static async Task<(int Documents, string? Newest)> VerifyDocumentsAsync(string folder, CancellationToken cancellationToken)
    {
        var documents = await NamedAsync(Path.Combine(folder, BackupFiles.DatabaseEntry), cancellationToken);
        // By the keys that came along: a backup whose files no key of it opens is none.
        var keys = new SealingKeys(Path.Combine(folder, DatabasePlatform.SealingFolder));
        foreach (var (number, hash) in documents)
        {
            await using var file = OpenDocument(Path.Combine(folder, "files", hash[..2], hash), number, keys);
            if (await HashOfAsync(file, cancellationToken) != hash) throw new CommandException($"The document of certificate {number} is damaged.");
        }
        return (documents.Count, documents.Count > 0 ? documents[^1].Number : null);
    }

    private static Stream OpenDocument(string path, string number, SealingKeys keys)
    {
        try
        {
            return SealedFiles.Open(path, keys) ?? throw new CommandException($"The document of certificate {number} is missing.");
        }
        catch (SealingException fault)
        {
            throw new CommandException($"The document of certificate {number} does not open. {fault.Message}");
        }
    }

    private static async Task<string?> HashOfAsync(Stream document, CancellationToken cancellationToken)
    {
        try
        {
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(document, cancellationToken));
        }
        catch (SealingException)
        {
            return null;
        }
    }

    private static async Task<SortedDictionary<string, long>> RowsAsync(string database, CancellationToken cancellationToken)
    {
        await using var connection = await BackupFiles.OpenAsync(database, cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
        var rows = new SortedDictionary<string, long>(StringComparer.Ordinal);
        await using (var tables = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await tables.ReadAsync(cancellationToken)) rows[tables.GetString(0)] = 0;
        }
        foreach (var table in rows.Keys.ToArray())
        {
            command.CommandText = $"SELECT COUNT(*) FROM \"{table}\"";
            rows[table] = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        }
        return rows;
    }

    private static async Task<List<(string Number, string Hash)>> NamedAsync(string database, CancellationToken cancellationToken)
    {
        await using var connection = await BackupFiles.OpenAsync(database, cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT Number, FileHash FROM Certificates WHERE FileHash IS NOT NULL ORDER BY Id";
        var named = new List<(string, string)>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken)) named.Add((rows.GetString(0), rows.GetString(1)));
        return named;
    }
}

/// <summary>Says when the last backup was made, for the operator's page; it lies beside the database and is not part of a backup.</summary>
/// <param name="At">When.</param>
internal sealed record BackupNote(DateTimeOffset At)
{
    private const string File = "last-backup.json";

    /// <summary>The note of a storage folder; null when no backup was made yet.</summary>
    public static async Task<BackupNote?> ReadAsync(string root, CancellationToken cancellationToken)
    {
        var path = Path.Combine(root, File);
        if (!System.IO.File.Exists(path)) return null;
        try
        {
            await using var file = System.IO.File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync<BackupNote>(file, JsonSerializerOptions.Web, cancellationToken);
        }
        catch (JsonException)
        {
            return null; // Half written when the machine stopped: as good as none.
        }
    }

    /// <summary>Leaves the note.</summary>
    public Task WriteAsync(string root, CancellationToken cancellationToken) =>
        System.IO.File.WriteAllTextAsync(Path.Combine(root, File), JsonSerializer.Serialize(this, JsonSerializerOptions.Web), cancellationToken);
}
