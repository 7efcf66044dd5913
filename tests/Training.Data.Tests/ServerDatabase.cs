using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Training.Data.Scope;
using Training.Data.SqlServer;

namespace Training.Data.Tests;

/// <summary>
/// The server of the environment: a database that the tests may fill, and which they empty before each use. One test program uses it at
/// a time.
/// </summary>
internal static class ServerDatabase
{
    /// <summary>Names an empty database on a real server; the schema is made in it.</summary>
    public const string Variable = "TRAINING_TEST_SQLSERVER";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly SemaphoreSlim Free = new(1, 1);
    private static readonly Lock Counting = new();
    private static SqlConnection? held;
    private static string? user;
    private static int hosts;

    /// <summary>Why tests of the server are skipped where none is named.</summary>
    public const string WhyNot = $"{Variable} names no server: set it to the connection string of an empty database.";

    /// <summary>True when the environment names a server.</summary>
    public static bool IsNamed => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The connection string; the test is ignored, with the reason, when none is named.</summary>
    public static string Connection()
    {
        if (!IsNamed) Assert.Ignore(WhyNot);
        return Environment.GetEnvironmentVariable(Variable)!;
    }

    /// <summary>Statements that EF sends together: as configured, else one, since a TDS-compatible server may lack the MERGE of batches.</summary>
    public static int MaxBatchSize => int.TryParse(Environment.GetEnvironmentVariable("Database__MaxBatchSize"), out var size) ? size : 1;

    public static SqlServerProvider Provider() => new(Connection(), MaxBatchSize);

    /// <summary>
    /// Gives the emptied database to one user at a time; hosts of the same user share it, as processes of one installation do. A user who
    /// still has it when another host of the same test is made would wait for ever: such a host belongs on SQLite.
    /// </summary>
    /// <param name="name">The user, for instance a storage folder.</param>
    /// <returns>Gives it back.</returns>
    public static async Task<IDisposable> TakeAsync(string name)
    {
        lock (Counting)
        {
            if (user == name)
            {
                hosts++;
                return new Loan();
            }
        }
        if (!await Free.WaitAsync(Patience)) throw new TimeoutException("Another host of this test program keeps the server.");
        lock (Counting) (user, hosts) = (name, 1);
        var loan = new Loan();
        try
        {
            await PrepareAsync();
            return loan;
        }
        catch
        {
            loan.Dispose();
            throw;
        }
    }

    /// <summary>Makes the schema, and empties every table.</summary>
    public static async Task PrepareAsync()
    {
        var provider = Provider();
        await HoldAsync(provider.ConnectionString);
        var options = new DbContextOptionsBuilder<TrainingDbContext>();
        provider.Configure(options);
        await using var db = new TrainingDbContext(options.Options) { Scope = AccessScope.None };
        await provider.MigrateAsync(db, CancellationToken.None);
        var left = db.Model.GetEntityTypes().Select(type => type.GetTableName()!).Distinct().ToList();
        while (left.Count > 0)
        {
            var before = left.Count;
            Exception? refused = null;
            foreach (var table in left.ToArray())
            {
                try
                {
#pragma warning disable EF1002 // The names come from the model.
                    // A guard refuses to delete from the trail of changes.
                    await db.Database.ExecuteSqlRawAsync(table.StartsWith("Audit", StringComparison.Ordinal) ? $"TRUNCATE TABLE [{table}]" : $"DELETE FROM [{table}]");
#pragma warning restore EF1002
                    left.Remove(table);
                }
                catch (SqlException pointedAt) when (pointedAt.Number == 547)
                {
                    refused = pointedAt; // Rows of another table point here: that one first.
                }
            }
            if (left.Count == before) throw new InvalidOperationException($"These tables point at each other: {string.Join(", ", left)}", refused);
        }
    }

    /// <summary>Keeps other test programs out until this one ends.</summary>
    private static async Task HoldAsync(string connection)
    {
        if (held is not null) return;
        var opened = new SqlConnection(connection);
        await opened.OpenAsync();
        await using var command = opened.CreateCommand();
        command.CommandTimeout = (int)Patience.TotalSeconds + 10;
        command.CommandText = "DECLARE @granted int; EXEC @granted = sp_getapplock @Resource = 'training-tests', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 600000; SELECT @granted;";
        if (Convert.ToInt32(await command.ExecuteScalarAsync(), null) < 0) throw new TimeoutException("Another test program uses the server.");
        held = opened;
    }

    private sealed class Loan : IDisposable
    {
        private bool over;

        public void Dispose()
        {
            lock (Counting)
            {
                if (over) return;
                over = true;
                if (--hosts > 0) return;
                user = null;
            }
            Free.Release();
        }
    }
}
