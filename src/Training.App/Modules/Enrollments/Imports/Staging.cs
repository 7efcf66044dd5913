using System.Text.Json;
using Microsoft.Data.Sqlite;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>
/// What was decided about the rows of one import, in a small database file of its own: nobody else waits for it, and it can be made
/// again from the stored list. It holds row numbers and codes, never what stands in a cell; a row without a verdict is a new child.
/// </summary>
internal sealed class Staging : IDisposable
{
    /// <summary>Raised when the tables change: a file of another form is made again from the list.</summary>
    private const int Form = 2;

    private readonly SqliteConnection connection;
    private SqliteTransaction? transaction;
    private string? unfinished;

    private Staging(SqliteConnection connection) => this.connection = connection;

    /// <summary>Begins a new staging file; <see cref="Complete"/> puts it in place.</summary>
    public static Staging Create(string path)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(path);
        var staging = new Staging(Open(path)) { unfinished = path };
        staging.Execute($"""
            PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA user_version={Form};
            CREATE TABLE Verdicts (Row INTEGER PRIMARY KEY, State INTEGER NOT NULL, ParticipantId INTEGER NOT NULL, Place INTEGER NOT NULL);
            CREATE TABLE Places (Number INTEGER PRIMARY KEY, SiteId INTEGER NOT NULL, GroupName TEXT, Rows INTEGER NOT NULL);
            CREATE TABLE Fallen (Row INTEGER PRIMARY KEY, LastRow INTEGER NOT NULL, State INTEGER NOT NULL, ParticipantId INTEGER NOT NULL, Faults TEXT NOT NULL);
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
        if (!staging.IsOfThisForm())
        {
            staging.Dispose();
            return null;
        }
        staging.Execute("PRAGMA synchronous=OFF;");
        return staging;
    }

    private bool IsOfThisForm()
    {
        using var command = Command("PRAGMA user_version");
        return command.ExecuteScalar() is long and Form;
    }

    /// <summary>Keeps the user's headings, so that a fault can name its column without the list being opened.</summary>
    public void Keep(HeaderMap columns)
    {
        for (var i = 0; i < columns.Headings.Count; i++)
            Execute("INSERT INTO Headings VALUES (@position, @heading)", ("@position", i), ("@heading", columns.Headings[i]));
    }

    /// <summary>Keeps where the rows would go.</summary>
    public void Keep(ListedPlaces places)
    {
        foreach (var (index, place) in places.All.Index())
        {
            Execute("INSERT INTO Places VALUES (@number, @site, @group, @rows)",
                ("@number", index + 1), ("@site", place.SiteId), ("@group", place.Group ?? (object)DBNull.Value), ("@rows", place.Rows));
        }
    }

    /// <summary>Where the rows would go, by number.</summary>
    public Dictionary<int, ListedPlace> Places()
    {
        using var command = Command("SELECT Number, SiteId, GroupName, Rows FROM Places");
        using var reader = command.ExecuteReader();
        var places = new Dictionary<int, ListedPlace>();
        while (reader.Read()) places.Add(reader.GetInt32(0), new ListedPlace(reader.GetInt32(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetInt32(3)));
        return places;
    }

    /// <summary>True when a row was taken for this child.</summary>
    public bool Names(int participantId)
    {
        using var command = Command("SELECT EXISTS (SELECT 1 FROM Verdicts WHERE ParticipantId = @child)", ("@child", participantId));
        return command.ExecuteScalar() is 1L;
    }

    /// <summary>How many rows have this verdict.</summary>
    public int CountOf(RowState state)
    {
        using var command = Command("SELECT COUNT(*) FROM Verdicts WHERE State = @state", ("@state", (int)state));
        return (int)(long)command.ExecuteScalar()!;
    }

    /// <summary>The user's columns.</summary>
    /// <param name="choice">What a person said of them; null when nobody was asked.</param>
    public HeaderMap Columns(SheetChoice? choice)
    {
        using var command = Command("SELECT Heading FROM Headings ORDER BY Position");
        using var reader = command.ExecuteReader();
        var headings = new List<string>();
        while (reader.Read()) headings.Add(reader.GetString(0));
        return HeaderMap.Of(headings, choice);
    }

    /// <summary>Notes a verdict with its faults; a later verdict replaces an earlier one, whose place it keeps.</summary>
    public void Note(Verdict verdict, IReadOnlyList<RowFault> faults)
    {
        Execute("""
            INSERT INTO Verdicts VALUES (@row, @state, @child, @place)
            ON CONFLICT (Row) DO UPDATE SET State = excluded.State, ParticipantId = excluded.ParticipantId, Place = MAX(Place, excluded.Place)
            """,
            ("@row", verdict.Row), ("@state", (int)verdict.State), ("@child", verdict.ParticipantId), ("@place", verdict.Place));
        Execute("DELETE FROM Faults WHERE Row = @row", ("@row", verdict.Row));
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
        using var command = Command("SELECT Row, State, ParticipantId, Place FROM Verdicts ORDER BY Row");
        using var reader = command.ExecuteReader();
        while (reader.Read()) yield return Verdict(reader);
    }

    /// <summary>Verdicts after a row, of one state or of all, in the order of the rows.</summary>
    public IEnumerable<Verdict> Verdicts(RowState? state, int after, int? atMost)
    {
        using var command = Command(
            "SELECT Row, State, ParticipantId, Place FROM Verdicts WHERE Row > @after AND (@state < 0 OR State = @state) ORDER BY Row LIMIT @most",
            ("@after", after), ("@state", state is null ? -1 : (int)state), ("@most", atMost ?? -1));
        using var reader = command.ExecuteReader();
        while (reader.Read()) yield return Verdict(reader);
    }

    private static Verdict Verdict(SqliteDataReader reader) =>
        new(reader.GetInt32(0), (RowState)reader.GetByte(1), reader.GetInt32(2), reader.GetInt32(3));

    /// <summary>The verdict on a row; null when nothing is noted.</summary>
    public Verdict? Find(int row)
    {
        using var command = Command("SELECT Row, State, ParticipantId, Place FROM Verdicts WHERE Row = @row", ("@row", row));
        using var reader = command.ExecuteReader();
        return reader.Read() ? Verdict(reader) : null;
    }

    /// <summary>
    /// Writes down, before rows are committed, which others fell: were the process killed between the commit and <see cref="Settle"/>, they
    /// would be counted and never shown.
    /// </summary>
    public void Promise(int lastRow, IEnumerable<(Verdict Verdict, IReadOnlyList<RowFault> Faults)> fallen) => AtOnce(() =>
    {
        foreach (var (verdict, faults) in fallen)
        {
            Execute("INSERT OR REPLACE INTO Fallen VALUES (@row, @last, @state, @child, @faults)",
                ("@row", verdict.Row), ("@last", lastRow), ("@state", (int)verdict.State), ("@child", verdict.ParticipantId),
                ("@faults", JsonSerializer.Serialize(faults, JsonSerializerOptions.Web)));
        }
    });

    /// <summary>Notes the promised verdicts of rows that are dealt with, and forgets the others: they were not committed.</summary>
    public void Settle(int committedThrough) => AtOnce(() =>
    {
        foreach (var (verdict, faults) in Promised(committedThrough)) Note(verdict, faults);
        Execute("DELETE FROM Fallen");
    });

    /// <summary>In one transaction: each statement by itself would write the file's journal anew.</summary>
    private void AtOnce(Action work)
    {
        try
        {
            transaction = connection.BeginTransaction();
            work();
            transaction.Commit();
        }
        finally
        {
            transaction?.Dispose();
            transaction = null;
        }
    }

    private List<(Verdict Verdict, IReadOnlyList<RowFault> Faults)> Promised(int committedThrough)
    {
        using var command = Command("SELECT Row, State, ParticipantId, Faults FROM Fallen WHERE LastRow <= @through ORDER BY Row", ("@through", committedThrough));
        using var reader = command.ExecuteReader();
        var promised = new List<(Verdict, IReadOnlyList<RowFault>)>();
        while (reader.Read())
        {
            var faults = JsonSerializer.Deserialize<List<PromisedFault>>(reader.GetString(3), JsonSerializerOptions.Web)!;
            promised.Add((
                new Verdict(reader.GetInt32(0), (RowState)reader.GetByte(1), reader.GetInt32(2)),
                [.. faults.Select(fault => new RowFault(fault.Field, fault.Code, fault.Facts is null ? null : Facts(fault.Facts)))]));
        }
        return promised;
    }

    private sealed record PromisedFault(ImportField? Field, string Code, Dictionary<string, JsonElement>? Facts);

    /// <summary>The faults of one row.</summary>
    public IEnumerable<StagedFault> FaultsOf(int row) => ReadFaults("f.Row = @row", row);

    /// <summary>The faults of rows that come back to the user, in the order of the rows.</summary>
    private IEnumerable<StagedFault> Faults() => ReadFaults("v.State >= 3", 0);

    /// <summary>The same once people have decided: what is settled does not come back, but for a child who is enrolled at another site.</summary>
    /// <param name="decisions">What was decided, by row.</param>
    public IEnumerable<StagedFault> Returned(IReadOnlyDictionary<int, ImportDecision> decisions)
    {
        var last = 0;
        foreach (var fault in Faults())
        {
            if (!decisions.TryGetValue(fault.Row, out var decision)) yield return fault;
            else if (decision.Enrolled == AlreadyEnrolled.Elsewhere && fault.Row != last) yield return fault with { Field = null, Code = "enrolledElsewhere", Facts = null };
            last = fault.Row;
        }
    }

    private IEnumerable<StagedFault> ReadFaults(string condition, int row)
    {
        using var command = Command($"""
            SELECT f.Row, v.State, f.Field, f.Code, f.Facts FROM Faults f JOIN Verdicts v ON v.Row = f.Row
            WHERE {condition} AND (@row = 0 OR f.Row = @row) ORDER BY f.Row, f.Position
            """, ("@row", row));
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
        staging.unfinished = null;
        staging.Dispose();
        File.Move(from, to, overwrite: true);
    }

    public void Dispose()
    {
        transaction?.Dispose();
        connection.Dispose();
        if (unfinished is not null) File.Delete(unfinished);
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static Dictionary<string, object?> ReadFacts(string json) => Facts(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!);

    private static Dictionary<string, object?> Facts(Dictionary<string, JsonElement> facts) => facts.ToDictionary(
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
