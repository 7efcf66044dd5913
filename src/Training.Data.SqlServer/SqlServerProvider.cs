using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Training.Data.Outbox;
using Training.Data.Providers;

namespace Training.Data.SqlServer;

/// <summary>SQL Server: production.</summary>
/// <param name="connectionString">Points at the database.</param>
/// <param name="maxBatchSize">
/// Statements EF sends together; 1 for TDS-compatible servers that lack MERGE. Null leaves it to the provider.
/// </param>
public sealed class SqlServerProvider(string connectionString, int? maxBatchSize = null) : IDatabaseProvider
{
    private const string SwitchOn = "ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH NO_WAIT";

    private const string RowVersions =
        """SELECT CAST([is_read_committed_snapshot_on] AS int) AS [Value] FROM [sys].[databases] WHERE [database_id] = DB_ID()""";

    /// <summary>The connection string.</summary>
    public string ConnectionString { get; } = connectionString;

    /// <inheritdoc/>
    public string Name => "SqlServer";

    /// <inheritdoc/>
    public void Configure(DbContextOptionsBuilder options) => options.UseSqlServer(
        ConnectionString,
        server =>
        {
            server.MigrationsAssembly(typeof(SqlServerProvider).Assembly.GetName().Name).EnableRetryOnFailure();
            if (maxBatchSize is { } size) server.MaxBatchSize(size);
        });

    /// <inheritdoc/>
    public Task MigrateAsync(TrainingDbContext db, CancellationToken cancellationToken) => db.Database.MigrateAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<bool> IsSoundAsync(TrainingDbContext db, CancellationToken cancellationToken) => Task.FromResult(true);

    /// <summary>
    /// Without row versions readers wait for writers, and a report for a whole import. They are switched on where that is possible: the
    /// login may do so and nobody else is connected, as when <c>migrate</c> has just made the database.
    /// </summary>
    public async Task<string?> WarningAsync(TrainingDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            if (await HasRowVersionsAsync(db, cancellationToken)) return null;
            await db.Database.ExecuteSqlRawAsync(SwitchOn, cancellationToken);
            if (await HasRowVersionsAsync(db, cancellationToken)) return null;
        }
        catch (SqlException)
        {
            // No right to it, somebody else is connected, or a server of another make: said below, in any case.
        }
        return "READ_COMMITTED_SNAPSHOT is off, so that readers wait for writers: stop the application and run "
            + $"ALTER DATABASE [{db.Database.GetDbConnection().Database}] SET READ_COMMITTED_SNAPSHOT ON.";
    }

    /// <inheritdoc/>
    public string? UniqueViolation(Exception exception)
    {
        if ((exception as SqlException ?? exception.InnerException as SqlException) is not { Number: 2601 or 2627 } sql) return null;
        const string before = "object '";
        var start = sql.Message.IndexOf(before, StringComparison.Ordinal);
        var end = start < 0 ? -1 : sql.Message.IndexOf('\'', start + before.Length);
        return end < 0 ? "" : sql.Message[(start + before.Length)..end].Split('.')[^1];
    }

    /// <inheritdoc/>
    public Task SerializeAsync(TrainingDbContext db, string key, CancellationToken cancellationToken) => LockAsync(db, key, "Exclusive", cancellationToken);

    /// <inheritdoc/>
    public Task ShareAsync(TrainingDbContext db, string key, CancellationToken cancellationToken) => LockAsync(db, key, "Shared", cancellationToken);

    /// <summary>Number of the error raised when a lock was not granted in time.</summary>
    internal const int LockNotGranted = 51000;

    private static async Task<bool> HasRowVersionsAsync(TrainingDbContext db, CancellationToken cancellationToken) =>
        await db.Database.SqlQueryRaw<int>(RowVersions).SingleAsync(cancellationToken) == 1;

    private static async Task LockAsync(TrainingDbContext db, string key, string mode, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            DECLARE @granted int;
            EXEC @granted = sp_getapplock @Resource = {key}, @LockMode = {mode}, @LockOwner = 'Transaction', @LockTimeout = 10000;
            IF @granted < 0 THROW 51000, 'The lock was not granted in time.', 1;
            """,
            cancellationToken);

    /// <inheritdoc/>
    public bool SharedByWorkers => true;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OutboxRow>> ClaimDeliveriesAsync(
        TrainingDbContext db, string consumer, int take, DateTimeOffset now, DateTimeOffset leaseEnd, CancellationToken cancellationToken) =>
        await Claim(db, consumer, take, now, leaseEnd).ToListAsync(cancellationToken);

    /// <summary>The claim itself: rows that another process is just taking are passed over, not waited for.</summary>
    internal static IQueryable<OutboxRow> Claim(TrainingDbContext db, string consumer, int take, DateTimeOffset now, DateTimeOffset leaseEnd)
    {
        var (due, until) = (now.UtcDateTime, leaseEnd.UtcDateTime);
        return db.Set<OutboxRow>().FromSql(
            $"""
            UPDATE [Outbox] SET [DueAt] = {until} OUTPUT inserted.*
            WHERE [Id] IN (
                SELECT TOP ({take}) [Id] FROM [Outbox] WITH (UPDLOCK, READPAST, ROWLOCK)
                WHERE [State] = 0 AND [Consumer] = {consumer} AND [DueAt] <= {due} ORDER BY [DueAt], [Id])
            """).AsNoTracking();
    }
}
