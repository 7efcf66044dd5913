using System.Data;
using Microsoft.EntityFrameworkCore;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;

namespace Training.Data.SqlServer;

/// <summary>A transaction per change, several at once; transient faults are tried again.</summary>
public sealed class SqlServerWriteGate(SqlServerProvider provider, IEventRoutes routes, TimeProvider time, IRelaySignal relay) : IWriteGate
{
    private int running;

    /// <inheritdoc/>
    public int Waiting => Math.Max(0, Volatile.Read(ref running) - 1);

    /// <inheritdoc/>
    public async Task<Result<T>> WriteAsync<T>(
        AccessScope scope, Func<WriteSession, CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref running);
        try
        {
            await using var first = Open(scope);
            return await first.Database.CreateExecutionStrategy().ExecuteAsync(token => RunAsync(scope, work, token), cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    /// <inheritdoc/>
    public Task<Result<T>> WriteBulkAsync<T>(
        Func<WriteSession, CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken) =>
        WriteAsync(AccessScope.Whole, work, cancellationToken);

    private async Task<Result<T>> RunAsync<T>(
        AccessScope scope, Func<WriteSession, CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken)
    {
        await using var db = Open(scope);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        var rows = new SqlServerRowWriter(db);
        var events = new EventWriter(rows, routes, time);
        var result = await work(new WriteSession(db, rows, new SqlServerStatements(db), events), cancellationToken);
        if (!result.Succeeded) return result;
        await rows.FlushAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (events.Any) relay.Wake();
        return result;
    }

    private TrainingDbContext Open(AccessScope scope)
    {
        var options = new DbContextOptionsBuilder<TrainingDbContext>();
        provider.Configure(options);
        return new TrainingDbContext(options.Options) { Scope = scope };
    }
}
