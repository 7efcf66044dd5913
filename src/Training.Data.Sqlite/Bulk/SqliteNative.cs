using System.Runtime.InteropServices;

namespace Training.Data.Sqlite.Bulk;

/// <summary>
/// The few calls of the inner loop, by bare handle: the wrapper counts references on every call, which for ten million bindings costs
/// more than the bindings. The same library that Microsoft.Data.Sqlite has loaded; the handle's owner keeps it alive.
/// </summary>
internal static partial class SqliteNative
{
    private const string Library = "e_sqlite3";

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_int64")]
    public static partial int BindInteger(nint statement, int position, long value);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_double")]
    public static partial int BindReal(nint statement, int position, double value);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_null")]
    public static partial int BindNull(nint statement, int position);

    /// <summary>Binds text without copying it: it must stay where it is until the statement was stepped.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_bind_text")]
    public static unsafe partial int BindText(nint statement, int position, byte* text, int length, nint destructor);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_blob")]
    public static unsafe partial int BindBlob(nint statement, int position, byte* bytes, int length, nint destructor);

    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    public static partial int Step(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_reset")]
    public static partial int Reset(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_changes")]
    public static partial int Changes(nint database);

    [LibraryImport(Library, EntryPoint = "sqlite3_total_changes64")]
    public static partial long TotalChanges(nint database);

    /// <summary>Has a function called for every row that this connection inserts, changes or deletes in a table with a row id.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_update_hook")]
    public static unsafe partial nint OnUpdate(nint database, delegate* unmanaged[Cdecl]<nint, int, byte*, byte*, long, void> called, nint context);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_type")]
    public static partial int ColumnType(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_int64")]
    public static partial long ColumnInteger(nint statement, int column);

    /// <summary>The text as UTF-8, valid until the next step; null when the column holds none.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_column_text")]
    public static unsafe partial byte* ColumnText(nint statement, int column);

    /// <summary>The bytes, valid until the next step; null when the column holds none.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_column_blob")]
    public static unsafe partial byte* ColumnBlob(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_bytes")]
    public static partial int ColumnBytes(nint statement, int column);
}
