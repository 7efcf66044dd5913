using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>What is to become of a row that is not simply a new child.</summary>
internal enum RowState : byte
{
    /// <summary>A child already known, to be enrolled.</summary>
    Matched = 1,

    /// <summary>A child already enrolled: nothing to do.</summary>
    AlreadyEnrolled = 2,

    /// <summary>May be another child's row: a person decides.</summary>
    PossibleDuplicate = 3,

    /// <summary>Faulty.</summary>
    Refused = 4,
}

/// <summary>A verdict on a row.</summary>
/// <param name="Row">The row as the user sees it.</param>
/// <param name="State">What is to become of it.</param>
/// <param name="ParticipantId">The known child; 0 when none.</param>
internal readonly record struct Verdict(int Row, RowState State, int ParticipantId);

/// <summary>A fault of a row, as kept.</summary>
internal sealed record StagedFault(int Row, RowState State, string? Field, string Code, IReadOnlyDictionary<string, object?>? Facts);

/// <summary>
/// What was decided about the rows of one import, in a small database file of its own: nobody else waits for it, and it can be made
/// again from the stored list. It holds row numbers and codes, never what stands in a cell; a row without a verdict is a new child.
/// </summary>
internal sealed class Staging : IDisposable
{
    private readonly SqliteConnection connection;
    private SqliteTransaction? transaction;

    private Staging(SqliteConnection connection) => this.connection = connection;

    /// <summary>Begins a new staging file; <see cref="Complete"/> puts it in place.</summary>
    public static Staging Create(string path)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(path);
        var staging = new Staging(Open(path));
        staging.Execute("""
            PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;
            CREATE TABLE Verdicts (Row INTEGER PRIMARY KEY, State INTEGER NOT NULL, ParticipantId INTEGER NOT NULL);
            CREATE TABLE Headings (Position INTEGER PRIMARY KEY, Heading TEXT NOT NULL);
            CREATE TABLE Faults (Row INTEGER NOT NULL, Position INTEGER NOT NULL, Field TEXT, Code TEXT NOT NULL, Facts TEXT, PRIMARY KEY (Row, Position)) WITHOUT ROWID;
            """);
        staging.transaction = staging.connection.BeginTransaction();
        return staging;
    }

    /// <summary>Opens a complete staging file; null when there is none.</summary>
    public static Staging? OpenExisting(string path)
    {
        if (!File.Exists(path)) return null;
        var staging = new Staging(Open(path));
        staging.Execute("PRAGMA synchronous=OFF;");
        return staging;
    }

    /// <summary>Keeps the user's headings, so that a fault can name its column without the list being opened.</summary>
    public void Keep(HeaderMap columns)
    {
        for (var i = 0; i < columns.Headings.Count; i++)
            Execute("INSERT INTO Headings VALUES (@position, @heading)", ("@position", i), ("@heading", columns.Headings[i]));
    }

    /// <summary>The user's columns.</summary>
    public HeaderMap Columns()
    {
        using var command = Command("SELECT Heading FROM Headings ORDER BY Position");
        using var reader = command.ExecuteReader();
        var headings = new List<string>();
        while (reader.Read()) headings.Add(reader.GetString(0));
        return HeaderMap.Of(headings);
    }

    /// <summary>Notes a verdict with its faults; a later verdict replaces an earlier one.</summary>
    public void Note(Verdict verdict, IReadOnlyList<RowFault> faults)
    {
        Execute("INSERT OR REPLACE INTO Verdicts VALUES (@row, @state, @child)",
            ("@row", verdict.Row), ("@state", (int)verdict.State), ("@child", verdict.ParticipantId));
        for (var i = 0; i < faults.Count; i++)
        {
            var fault = faults[i];
            Execute("INSERT OR REPLACE INTO Faults VALUES (@row, @position, @field, @code, @facts)",
                ("@row", verdict.Row), ("@position", i),
                ("@field", fault.Field is { } field ? ImportColumns.NameOf(field) : DBNull.Value), ("@code", fault.Code),
                ("@facts", fault.Facts is null ? DBNull.Value : JsonSerializer.Serialize(fault.Facts, JsonSerializerOptions.Web)));
        }
    }

    /// <summary>Every verdict, in the order of the rows.</summary>
    public IEnumerable<Verdict> Verdicts()
    {
        using var command = Command("SELECT Row, State, ParticipantId FROM Verdicts ORDER BY Row");
        using var reader = command.ExecuteReader();
        while (reader.Read()) yield return new Verdict(reader.GetInt32(0), (RowState)reader.GetByte(1), reader.GetInt32(2));
    }

    /// <summary>The faults of rows that come back to the user, in the order of the rows.</summary>
    public IEnumerable<StagedFault> Faults(int? atMost = null)
    {
        using var command = Command("""
            SELECT f.Row, v.State, f.Field, f.Code, f.Facts FROM Faults f JOIN Verdicts v ON v.Row = f.Row
            WHERE v.State >= 3 ORDER BY f.Row, f.Position LIMIT @most
            """, ("@most", atMost ?? -1));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return new StagedFault(
                reader.GetInt32(0), (RowState)reader.GetByte(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetString(3),
                reader.IsDBNull(4) ? null : ReadFacts(reader.GetString(4)));
        }
    }

    /// <summary>Closes a new staging file and puts it in its place.</summary>
    public static void Complete(Staging staging, string from, string to)
    {
        staging.transaction!.Commit();
        staging.Dispose();
        File.Move(from, to, overwrite: true);
    }

    public void Dispose()
    {
        transaction?.Dispose();
        connection.Dispose();
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static Dictionary<string, object?> ReadFacts(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!.ToDictionary(
            fact => fact.Key,
            fact => fact.Value.ValueKind switch
            {
                JsonValueKind.Number => fact.Value.GetInt64(),
                JsonValueKind.String when fact.Value.TryGetDateTime(out var day) => DateOnly.FromDateTime(day),
                _ => (object?)fact.Value.ToString(),
            });

    private void Execute(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        return command;
    }
}
