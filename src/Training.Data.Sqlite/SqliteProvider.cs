using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Training.Data.Outbox;
using Training.Data.Providers;

namespace Training.Data.Sqlite;

/// <summary>SQLite, embedded: the default.</summary>
/// <param name="connectionString">Points at the database file.</param>
public sealed class SqliteProvider(string connectionString) : IDatabaseProvider
{
    private static readonly SqlitePragmas Pragmas = new();

    /// <summary>The connection string.</summary>
    public string ConnectionString { get; } = connectionString;

    /// <inheritdoc/>
    public string Name => "Sqlite";

    /// <inheritdoc/>
    public void Configure(DbContextOptionsBuilder options) => Hint(options)
        .UseSqlite(ConnectionString, sqlite => OneParameter(sqlite).MigrationsAssembly(typeof(SqliteProvider).Assembly.GetName().Name))
        .AddInterceptors(Pragmas);

    /// <inheritdoc/>
    public async Task MigrateAsync(TrainingDbContext db, CancellationToken cancellationToken)
    {
        if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            await ForgetLockOfTheDeadAsync(db, cancellationToken);
            await db.Database.MigrateAsync(cancellationToken);
        }
        // A restored copy may have come without it.
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> IsSoundAsync(TrainingDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            // Every page and every row; only that each index holds what its table does is left out, which takes several times as long.
            return await db.Database.SqlQueryRaw<string>("""SELECT quick_check AS "Value" FROM pragma_quick_check""").ToListAsync(cancellationToken) is ["ok"];
        }
        catch (SqliteException damaged) when (damaged.SqliteErrorCode is 11 or 26) // CORRUPT, NOTADB
        {
            return false;
        }
    }

    /// <summary>Its settings are the connection's own.</summary>
    public Task<string?> WarningAsync(TrainingDbContext db, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>
    /// A process that was killed while it migrated leaves EF's lock row behind, and every later start would wait for it for ever.
    /// The file belongs to one process, so nobody alive holds it.
    /// </summary>
    private static async Task ForgetLockOfTheDeadAsync(TrainingDbContext db, CancellationToken cancellationToken)
    {
        var locked = await db.Database
            .SqlQuery<int>($"""SELECT COUNT(*) AS "Value" FROM sqlite_master WHERE name = '__EFMigrationsLock'""").SingleAsync(cancellationToken);
        if (locked > 0) await db.Database.ExecuteSqlAsync($"""DELETE FROM "__EFMigrationsLock" """, cancellationToken);
    }

    /// <inheritdoc/>
    public string? UniqueViolation(Exception exception)
    {
        if ((exception as SqliteException ?? exception.InnerException as SqliteException) is not { } sqlite) return null;
        if (sqlite.SqliteExtendedErrorCode is not (2067 or 1555)) return null; // SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY
        const string before = "constraint failed: ";
        var start = sqlite.Message.IndexOf(before, StringComparison.Ordinal);
        var end = start < 0 ? -1 : sqlite.Message.IndexOf('.', start + before.Length);
        return end < 0 ? "" : sqlite.Message[(start + before.Length)..end];
    }

    /// <summary>One writer at a time already: nothing to do.</summary>
    public Task SerializeAsync(TrainingDbContext db, string key, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task ShareAsync(TrainingDbContext db, string key, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public bool SharedByWorkers => false;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OutboxRow>> ClaimDeliveriesAsync(
        TrainingDbContext db, string consumer, int take, DateTimeOffset now, DateTimeOffset leaseEnd, CancellationToken cancellationToken)
    {
        var (due, until) = (now.UtcDateTime, leaseEnd.UtcDateTime);
        return await db.Set<OutboxRow>().FromSql(
            $"""
            UPDATE "Outbox" SET "DueAt" = {until} WHERE "Id" IN (
                SELECT "Id" FROM "Outbox" WHERE "State" = 0 AND "Consumer" = {consumer} AND "DueAt" <= {due}
                ORDER BY "DueAt", "Id" LIMIT {take})
            RETURNING *
            """).AsNoTracking().ToListAsync(cancellationToken);
    }

    internal static DbContextOptions<TrainingDbContext> OptionsOn(SqliteConnection connection)
    {
        var options = new DbContextOptionsBuilder<TrainingDbContext>();
        Hint(options).UseSqlite(connection, sqlite => OneParameter(sqlite));
        return options.Options;
    }

    /// <summary>
    /// A list of keys goes as one parameter: with one for each key the text of the query depends on the list, and is made anew at each call.
    /// The scope's lists are in nearly all queries.
    /// </summary>
    private static SqliteDbContextOptionsBuilder OneParameter(SqliteDbContextOptionsBuilder sqlite) =>
        sqlite.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter);

    private static DbContextOptionsBuilder Hint(DbContextOptionsBuilder options) => options
        .ReplaceService<IMigrationsSqlGenerator, HintedSqlGenerator>();
}
