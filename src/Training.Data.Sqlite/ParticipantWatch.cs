using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Training.Data.Registry;
using Training.Data.Sqlite.Bulk;

namespace Training.Data.Sqlite;

/// <summary>
/// Keeps the writer's <see cref="BirthdayBook"/> true: SQLite itself reports every row of <c>Participants</c> that this connection
/// touches, by whatever statement, and whether any other connection has committed.
/// </summary>
internal sealed unsafe class ParticipantWatch : IDisposable
{
    private readonly nint database;
    private GCHandle self;
    private int version;

    public ParticipantWatch(SqliteConnection connection)
    {
        database = connection.Handle!.DangerousGetHandle();
        self = GCHandle.Alloc(Birthdays);
        SqliteNative.OnUpdate(database, &Updated, GCHandle.ToIntPtr(self));
    }

    public BirthdayBook Birthdays { get; } = new();

    /// <summary>Forgets what another process may have changed; to be called when a transaction has begun.</summary>
    /// <returns>True when another process has written since the last call.</returns>
    public bool LookElsewhere(SqliteStatements sql)
    {
        using var rows = sql.Query("PRAGMA data_version");
        var now = rows.Next() ? rows.Number(0) : 0;
        var (known, changed) = (version != 0, version != now);
        if (changed) Birthdays.Forget();
        version = now;
        return known && changed;
    }

    public void Dispose()
    {
        SqliteNative.OnUpdate(database, null, 0);
        self.Free();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Updated(nint context, int operation, byte* databaseName, byte* table, long row)
    {
        if (MemoryMarshal.CreateReadOnlySpanFromNullTerminated(table).SequenceEqual("Participants"u8))
            Unsafe.As<BirthdayBook>(GCHandle.FromIntPtr(context).Target!).Touch();
    }
}
