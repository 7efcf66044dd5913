using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Training.Data.Moving;

namespace Training.Data.Sqlite;

/// <summary>
/// A SQLite database that is being left: one connection holds the file alone, so that what is read is of one instant and no process can
/// begin to write into it meanwhile.
/// </summary>
public sealed class SqliteMoveSource : IMoveSource, IAsyncDisposable
{
    private readonly SqliteConnection connection;

    private SqliteMoveSource(SqliteConnection connection, TrainingDbContext db)
    {
        this.connection = connection;
        Db = db;
        Rows = new RowReader(connection, db.GetService<ISqlGenerationHelper>());
    }

    /// <summary>A context on the held connection, for its model.</summary>
    public TrainingDbContext Db { get; }

    /// <inheritdoc/>
    public RowReader Rows { get; }

    /// <summary>Takes the file.</summary>
    /// <exception cref="MoveException">Somebody has it open, or its schema is not that of this version.</exception>
    public static async Task<SqliteMoveSource> OpenAsync(SqliteProvider provider, CancellationToken cancellationToken)
    {
        var settings = new SqliteConnectionStringBuilder(provider.ConnectionString) { Pooling = false, DefaultTimeout = 1, Mode = SqliteOpenMode.ReadWrite };
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await HoldAsync(connection, cancellationToken);
            var options = new DbContextOptionsBuilder<TrainingDbContext>();
            options.UseSqlite(connection, sqlite => sqlite.MigrationsAssembly(typeof(SqliteProvider).Assembly.GetName().Name));
            var db = new TrainingDbContext(options.Options);
            if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
                throw new MoveException("The database is of an earlier version: run \"migrate\" first.");
            if (!await provider.IsSoundAsync(db, cancellationToken)) throw new MoveException("The database is damaged; nothing was written.");
            return new SqliteMoveSource(connection, db);
        }
        catch (SqliteException held) when (held.SqliteErrorCode is 5 or 6) // BUSY, LOCKED
        {
            await connection.DisposeAsync();
            throw new MoveException("The database is in use; stop web and worker first, and leave them stopped until the move has ended.", held);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<long> HighestKeyAsync(MovedTable table, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = $table";
        command.Parameters.AddWithValue("$table", table.Name);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        await connection.DisposeAsync();
    }

    /// <summary>In WAL mode the exclusive locking mode is refused while anybody else has the file open; one by one, since the driver passes over later faults.</summary>
    private static async Task HoldAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        foreach (var step in (string[])["PRAGMA locking_mode=EXCLUSIVE", "BEGIN EXCLUSIVE"])
        {
            await using var command = connection.CreateCommand();
            command.CommandText = step;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
