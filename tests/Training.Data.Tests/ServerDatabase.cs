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
    private static SqlConnection? held;

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

    /// <summary>One statement at a time: a TDS-compatible server may lack MERGE, which EF uses for batches.</summary>
    public static SqlServerProvider Provider() => new(Connection(), maxBatchSize: 1);

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
                    await db.Database.ExecuteSqlRawAsync($"DELETE FROM [{table}]");
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
}
