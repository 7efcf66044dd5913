using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Training.Data.Sqlite;

/// <summary>
/// Copies the write-ahead log back into the database on a connection of its own, so that nobody's change waits for it: done by the
/// writer, as SQLite does by itself, each time made everybody wait some 50 ms. The log begins anew only when all of it was copied
/// and nothing was added meanwhile; so when it has grown long the writer copies the little that is left, between two groups.
/// </summary>
internal sealed class SqliteCheckpoints(string connectionString, ILogger log) : IAsyncDisposable
{
    /// <summary>So many pages (48 MB) are copied at a time: a page that changes often is copied once for many changes. With a third of it a registration cost a tenth more.</summary>
    private const int Portion = 12_000;

    /// <summary>A log this long (80 MB) is begun anew as soon as little of it is left to copy: from then on it is looked at more often.</summary>
    private const int Long = 20_000;
    private const int PortionOfLong = 4_000;
    private const int Little = 1_000;

    private int written;
    private bool finish;
    private bool isLong;
    private Task copying = Task.CompletedTask;

    /// <summary>Called by the writer after a commit.</summary>
    public void AfterCommit(SqliteConnection writer)
    {
        _ = raw.sqlite3_db_status(writer.Handle!, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1);
        written += pages;
        if (!copying.IsCompleted) return;
        if (Volatile.Read(ref finish))
        {
            finish = isLong = false;
            Copy(writer);
        }
        else if (written >= (Volatile.Read(ref isLong) ? PortionOfLong : Portion))
        {
            written = 0;
            copying = Task.Run(CopyPortion);
        }
    }

    public async ValueTask DisposeAsync() => await copying;

    private void CopyPortion()
    {
        using var connection = new SqliteConnection(connectionString);
        var (length, copied) = Copy(connection);
        Volatile.Write(ref isLong, length >= Long);
        if (length >= Long && length - copied <= Little) Volatile.Write(ref finish, true);
    }

    /// <summary>Copies as much as can be without waiting for anybody.</summary>
    private (int Length, int Copied) Copy(SqliteConnection connection)
    {
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
            using var reader = command.ExecuteReader();
            return reader.Read() ? (reader.GetInt32(1), reader.GetInt32(2)) : (0, 0);
        }
        catch (SqliteException fault) // What was committed is safe in the log; the next portion tries again.
        {
            log.LogWarning("The log could not be copied into the database: {Failure}", fault.SqliteExtendedErrorCode);
            return (0, 0);
        }
    }
}
