using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Training.Data.Sqlite;

/// <summary>
/// Settings that SQLite keeps per connection. Without <c>busy_timeout</c> the driver itself sleeps 150 ms between tries.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Reader = "PRAGMA busy_timeout=10000; PRAGMA foreign_keys=ON; PRAGMA cache_size=-4000; PRAGMA temp_store=MEMORY;";

    // The log is copied by SqliteCheckpoints; the writer does so itself only when that has long failed.
    private const string Writer = "PRAGMA busy_timeout=10000; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; "
        + "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=50000; "
        // What was erased is overwritten, not only let go.
        + "PRAGMA secure_delete=ON;";

    // Half of the commits walk through all pages that are kept (SQLite lends a page the highest number while it sorts others, and then
    // drops what lies beyond the end of the file). With 64 MB that was a twentieth of what a registration costs.
    private const string Narrow = "PRAGMA cache_size=-16000;";

    // What a turn of bulk work changes is to be written once, at its commit; a list measured no faster with twice as much.
    private const string Wide = "PRAGMA cache_size=-32000;";

    public static void ApplyToWriter(DbConnection connection) => Run(connection, Writer + Narrow);

    public static void Widen(DbConnection writer, bool wide) => Run(writer, wide ? Wide : Narrow);

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Run(connection, Reader);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Run(connection, Reader);
        return Task.CompletedTask;
    }

    private static void Run(DbConnection connection, string pragmas)
    {
        using var command = connection.CreateCommand();
        command.CommandText = pragmas;
        command.ExecuteNonQuery();
    }
}
