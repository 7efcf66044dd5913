using Microsoft.Data.Sqlite;
using Training.Data.Writing;

namespace Training.Data.Sqlite;

/// <summary>Tells a disk that is full or a file that is locked, which pass, from a bug, which does not.</summary>
internal static class StorageFaults
{
    /// <summary>True when the file could not be written.</summary>
    public static bool Is(Exception? fault) => (fault as SqliteException ?? fault?.InnerException as SqliteException)?.SqliteErrorCode
        is 5 or 6 or 8 or 10 or 13 or 14; // BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN

    /// <summary>What the caller of a change is told.</summary>
    public static Exception Told(Exception fault) => Is(fault) ? new StorageAwayException(fault) : fault;
}
