using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;

namespace Training.Data.Sqlite;

/// <summary>
/// SQLite's one writer. Changes queue here and are committed in groups, so that the cost of a durable commit is shared; a caller hears
/// of success only after the commit. Bulk work takes its turn in a transaction of its own.
/// </summary>
public sealed class SqliteWriteGate(SqliteProvider provider, IEventRoutes routes, TimeProvider time, IRelaySignal relay, ILogger<SqliteWriteGate> log)
    : IWriteGate, IAsyncDisposable
{
    private const int QueueMax = 4096;
    private const int GroupMax = 64;

    // Another process writes in portions of a fraction of this: whoever holds the file for longer may hold it for long.
    private static readonly TimeSpan HeldUpAfter = TimeSpan.FromSeconds(3);

    private readonly Channel<QueuedChange> queue = Channel.CreateBounded<QueuedChange>(
        new BoundedChannelOptions(QueueMax) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly SqliteCheckpoints checkpoints = new(provider.ConnectionString, log);
    private readonly Lock starting = new();
    private long lockAwaited;
    private int hurried;
    private Task? loop;
    private SqliteWriter? writer;

    /// <inheritdoc/>
    public int Waiting => queue.Reader.Count;

    /// <summary>True while a person's change is in the queue, or when another process writes too: who waits there is not seen from here.</summary>
    public bool IsWanted => Volatile.Read(ref hurried) > 0 || writer is { IsShared: true };

    /// <inheritdoc/>
    public Task<Result<T>> WriteAsync<T>(
        AccessScope scope, Func<WriteSession, CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken) =>
        EnqueueAsync(new QueuedChange<T>(scope, work, IsBulk: false, IsHurried: true), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<T>> WriteUnhurriedAsync<T>(
        AccessScope scope, Func<WriteSession, CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken) =>
        EnqueueAsync(new QueuedChange<T>(scope, work, IsBulk: false, IsHurried: false), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<T>> WriteBulkAsync<T>(
        Func<WriteSession, CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken) =>
        EnqueueAsync(new QueuedChange<T>(AccessScope.Whole, work, IsBulk: true, IsHurried: false), cancellationToken);

    /// <summary>Finishes what waits, then lets the database go; a second call finds nothing left to do.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        if (loop is not null) await loop;
        await checkpoints.DisposeAsync();
        Interlocked.Exchange(ref writer, null)?.Dispose();
    }

    private async Task<Result<T>> EnqueueAsync<T>(QueuedChange<T> change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (loop is null)
        {
            lock (starting) loop ??= Task.Run(ServeAsync, CancellationToken.None);
        }
        if (IsHeldUp) throw new GateBusyException();
        if (change.IsHurried) Interlocked.Increment(ref hurried);
        if (!queue.Writer.TryWrite(change))
        {
            if (change.IsHurried) Interlocked.Decrement(ref hurried);
            throw new GateBusyException();
        }
        return await change.Outcome;
    }

    /// <summary>True while the file is somebody else's: who comes now is told so at once instead of waiting behind all the others.</summary>
    private bool IsHeldUp => Interlocked.Read(ref lockAwaited) is not 0 and var since && Stopwatch.GetElapsedTime(since) > HeldUpAfter;

    private async Task ServeAsync()
    {
        var group = new List<QueuedChange>(GroupMax);
        QueuedChange? next = null;
        while (next is not null || await queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < GroupMax && (next ?? Take()) is { } change)
            {
                next = null;
                if (change.IsBulk && group.Count > 0)
                {
                    next = change;
                    break;
                }
                group.Add(change);
                if (change.IsBulk) break;
            }
            if (group.Count > 0) await CommitAsync(group);
        }
    }

    private QueuedChange? Take()
    {
        if (!queue.Reader.TryRead(out var change)) return null;
        if (change.IsHurried) Interlocked.Decrement(ref hurried);
        return change;
    }

    private async Task CommitAsync(List<QueuedChange> group)
    {
        try
        {
            writer ??= new SqliteWriter(provider, routes, time);
            if (!await TryTogetherAsync(writer, group)) await OneByOneAsync(writer, group);
            foreach (var change in group) change.Complete();
            if (group.Exists(change => change.Promised)) relay.Wake();
            checkpoints.AfterCommit(writer.Connection);
        }
        catch (Exception broken) // The group's callers get it; the writer starts afresh.
        {
            // A full disk undoes the whole transaction in the middle of one change, and what follows fails for lack of it.
            var cause = group.Find(change => StorageFaults.Is(change.Thrown))?.Thrown ?? broken;
            log.LogError("A group of {Count} changes could not be committed: {Failure}", group.Count, cause.GetType().Name);
            foreach (var change in group) change.Break(cause);
            LetGo();
        }
    }

    /// <summary>
    /// Runs a group without savepoints, for which SQLite copies every page that a change touches. It is committed unless a change
    /// failed after it may have written; one that stands alone is then simply undone.
    /// </summary>
    private async Task<bool> TryTogetherAsync(SqliteWriter writer, List<QueuedChange> group)
    {
        using var transaction = Begin(writer, group);
        foreach (var change in group)
        {
            await change.RunAsync(writer);
            if (change.Failed && !change.LeftNothing) break;
        }
        var half = group.Exists(change => change.Failed && !change.LeftNothing);
        if (half || group.TrueForAll(change => change.Failed)) transaction.Rollback();
        else transaction.Commit();
        if (half) writer.Undone();
        writer.End();
        return !half || group.Count == 1;
    }

    /// <summary>Runs a group in which a change failed half-way once more: what fails goes back to its savepoint.</summary>
    private async Task OneByOneAsync(SqliteWriter writer, List<QueuedChange> group)
    {
        using var transaction = Begin(writer, group);
        foreach (var change in group) await change.RunApartAsync(writer);
        transaction.Commit();
        writer.End();
    }

    private SqliteTransaction Begin(SqliteWriter writer, List<QueuedChange> group)
    {
        Interlocked.Exchange(ref lockAwaited, Stopwatch.GetTimestamp());
        try
        {
            return writer.Begin(group[0].IsBulk);
        }
        finally
        {
            Interlocked.Exchange(ref lockAwaited, 0);
        }
    }

    /// <summary>A connection that is broken may not even close; the next group opens another one.</summary>
    private void LetGo()
    {
        var broken = writer;
        writer = null;
        try
        {
            broken?.Dispose();
        }
        catch (Exception fault) when (fault is SqliteException or InvalidOperationException or ObjectDisposedException)
        {
            log.LogWarning("The writing connection could not be closed: {Failure}", fault.GetType().Name);
        }
    }
}
