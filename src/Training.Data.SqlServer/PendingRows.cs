using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Training.Data.SqlServer;

/// <summary>
/// Sends the rows that wait before any other command of the change, so that each command sees what came before it: on every database
/// a change reads its own writes.
/// </summary>
internal sealed class PendingRows : DbCommandInterceptor
{
    /// <summary>The change's rows; null while it begins.</summary>
    public SqlServerRowWriter? Rows { get; set; }

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Rows?.Flush();
        return result;
    }

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
    {
        Rows?.Flush();
        return result;
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Rows?.Flush();
        return result;
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (Rows is not null) await Rows.FlushAsync(cancellationToken);
        return result;
    }

    public override async ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        if (Rows is not null) await Rows.FlushAsync(cancellationToken);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (Rows is not null) await Rows.FlushAsync(cancellationToken);
        return result;
    }
}
