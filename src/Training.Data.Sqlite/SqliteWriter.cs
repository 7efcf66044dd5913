using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Training.Data.Sqlite.Bulk;
using Training.Data.Writing;

namespace Training.Data.Sqlite;

/// <summary>The writing connection and what is kept with it.</summary>
internal sealed class SqliteWriter : IDisposable
{
    /// <summary>Between two chunks of one piece of bulk work no more than this passes.</summary>
    private static readonly TimeSpan BulkRests = TimeSpan.FromSeconds(5);

    /// <summary>Another process that wrote within this time may be about to write again.</summary>
    private static readonly TimeSpan OthersRest = TimeSpan.FromSeconds(10);

    private readonly TimeProvider time;
    private readonly nint handle;
    private readonly ParticipantWatch watch;
    private long bulkAt;
    private long elsewhereAt;

    public SqliteWriter(SqliteProvider provider, IEventRoutes routes, TimeProvider time)
    {
        this.time = time;
        Connection = new SqliteConnection(provider.ConnectionString);
        Connection.Open();
        handle = Connection.Handle!.DangerousGetHandle();
        SqlitePragmas.ApplyToWriter(Connection);
        Db = new TrainingDbContext(SqliteProvider.OptionsOn(Connection));
        Db.Database.AutoSavepointsEnabled = false;
        Rows = new SqliteRowWriter(Db, Connection);
        Sql = new SqliteStatements(Connection);
        watch = new ParticipantWatch(Connection);
        Session = new WriteSession(Db, Rows, Sql, new EventWriter(Rows, routes, time), watch.Birthdays);
    }

    public SqliteConnection Connection { get; }

    public TrainingDbContext Db { get; }

    public SqliteRowWriter Rows { get; }

    public SqliteStatements Sql { get; }

    public WriteSession Session { get; }

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Rows changed since the connection was opened: a change that leaves it as it was has written nothing.</summary>
    public long RowsChanged => SqliteNative.TotalChanges(handle);

    /// <summary>True when another process writes into the database too.</summary>
    public bool IsShared => elsewhereAt != 0 && Stopwatch.GetElapsedTime(elsewhereAt) < OthersRest;

    public SqliteTransaction Begin(bool isBulk)
    {
        Fit(isBulk);
        var transaction = Connection.BeginTransaction(deferred: false);
        Db.Database.UseTransaction(transaction);
        Sql.Transaction = transaction;
        if (watch.LookElsewhere(Sql)) elsewhereAt = Stopwatch.GetTimestamp();
        return transaction;
    }

    /// <summary>Keeps many pages while bulk work goes on, and few from the first change some seconds later.</summary>
    private void Fit(bool isBulk)
    {
        if (!isBulk && (bulkAt == 0 || Stopwatch.GetElapsedTime(bulkAt) < BulkRests)) return;
        if (isBulk == (bulkAt == 0)) SqlitePragmas.Widen(Connection, wide: isBulk);
        bulkAt = isBulk ? Stopwatch.GetTimestamp() : 0;
    }

    /// <summary>To be called when rows that a change wrote were undone.</summary>
    public void Undone() => watch.Birthdays.Forget();

    public void End()
    {
        Db.Database.UseTransaction(null);
        Sql.Transaction = null;
    }

    public void Dispose()
    {
        watch.Dispose();
        Rows.Dispose();
        Sql.Dispose();
        Db.Dispose();
        Connection.Dispose();
    }
}
