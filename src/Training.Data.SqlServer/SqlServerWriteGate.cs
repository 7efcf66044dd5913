using System.Data;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Training.Data.Audit;
using Training.Data.Platform;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;

namespace Training.Data.SqlServer;

/// <summary>
/// A transaction per change, several at once; transient faults are tried again. When the connection breaks while a commit is under way,
/// the change's marker tells whether it was made, so that no second attempt doubles it.
/// </summary>
/// <param name="provider">The database.</param>
/// <param name="routes">Who hears of events.</param>
/// <param name="time">The clock.</param>
/// <param name="relay">Is woken after a commit that promised events.</param>
/// <param name="interceptors">See every change; for tests that break connections. Null for none.</param>
public sealed class SqlServerWriteGate(
    SqlServerProvider provider, IEventRoutes routes, TimeProvider time, IRelaySignal relay, IReadOnlyList<IInterceptor>? interceptors = null) : IWriteGate
{
    private const int SweepEvery = 1000;
    private static readonly TimeSpan MarkerLife = TimeSpan.FromHours(1);

    private int running;
    private int changes;

    /// <inheritdoc/>
    public int Waiting => Math.Max(0, Volatile.Read(ref running) - 1);

    /// <inheritdoc/>
    public async Task<Result<T>> WriteAsync<T>(
        AccessScope scope, Func<WriteSession, CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref running);
        try
        {
            await using var first = Open(scope, null);
            var outcome = await first.Database.CreateExecutionStrategy().ExecuteAsync(
                new Attempt<T>(),
                (_, attempt, token) => RunAsync(scope, work, attempt, token),
                async (_, attempt, token) => new ExecutionResult<Result<T>>(await IsCommittedAsync(attempt, token), attempt.Outcome),
                cancellationToken);
            return outcome;
        }
        catch (SqlException late) when (late.Number == SqlServerProvider.LockNotGranted)
        {
            throw new GateBusyException();
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
        AccessScope scope, Func<WriteSession, CancellationToken, Task<Result<T>>> work, Attempt<T> attempt, CancellationToken cancellationToken)
    {
        attempt.Marker = null;
        var pending = new PendingRows();
        await using var db = Open(scope, pending);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        var rows = new SqlServerRowWriter(db);
        pending.Rows = rows;
        var events = new EventWriter(rows, routes, time);
        var session = new WriteSession(db, rows, new SqlServerStatements(db, rows), events);
        var result = await work(session, cancellationToken);
        if (!result.Succeeded) return result;
        AuditTrail.Note(session, scope, work, time.GetUtcNow());
        var marker = Guid.NewGuid();
        rows.Insert(new CommitMarker { Id = marker, At = time.GetUtcNow() });
        await rows.FlushAsync(cancellationToken);
        if (Interlocked.Increment(ref changes) % SweepEvery == 0) await SweepAsync(db, cancellationToken);
        (attempt.Marker, attempt.Outcome) = (marker, result);
        await transaction.CommitAsync(cancellationToken);
        if (events.Any) relay.Wake();
        return result;
    }

    private async Task<bool> IsCommittedAsync<T>(Attempt<T> attempt, CancellationToken cancellationToken)
    {
        if (attempt.Marker is not { } marker) return false;
        await using var db = Open(AccessScope.None, null);
        var committed = await db.Set<CommitMarker>().AnyAsync(row => row.Id == marker, cancellationToken);
        // Its events may have been promised: the relay looks, and finds none when there are none.
        if (committed) relay.Wake();
        return committed;
    }

    private Task<int> SweepAsync(TrainingDbContext db, CancellationToken cancellationToken)
    {
        var old = time.GetUtcNow() - MarkerLife;
        return db.Set<CommitMarker>().Where(row => row.At < old).ExecuteDeleteAsync(cancellationToken);
    }

    private TrainingDbContext Open(AccessScope scope, PendingRows? pending)
    {
        var options = new DbContextOptionsBuilder<TrainingDbContext>();
        provider.Configure(options);
        if (pending is not null) options.AddInterceptors(pending);
        if (interceptors is not null) options.AddInterceptors(interceptors);
        return new TrainingDbContext(options.Options) { Scope = scope };
    }

    /// <summary>What is known of a change whose commit was begun.</summary>
    private sealed class Attempt<T>
    {
        /// <summary>The marker of the commit that was begun last; null while none was.</summary>
        public Guid? Marker { get; set; }

        public Result<T> Outcome { get; set; }
    }
}
