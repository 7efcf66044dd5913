using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;

namespace Training.Data.Sqlite;

/// <summary>
/// SQLite's one writer. Changes queue here and are committed in groups, a savepoint each, so that the cost of a durable commit is
/// shared; a caller hears of success only after the commit. Bulk chunks take their turn in a transaction of their own.
/// </summary>
public sealed class SqliteWriteGate(SqliteProvider provider, IEventRoutes routes, TimeProvider time, IRelaySignal relay, ILogger<SqliteWriteGate> log)
    : IWriteGate, IAsyncDisposable
{
    private const int QueueMax = 4096;
    private const int GroupMax = 64;

    private readonly Channel<Change> queue = Channel.CreateBounded<Change>(
        new BoundedChannelOptions(QueueMax) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly SqliteCheckpoints checkpoints = new(provider.ConnectionString, log);
    private readonly Lock starting = new();
    private Task? loop;
    private Writer? writer;

    /// <inheritdoc/>
    public int Waiting => queue.Reader.Count;

    /// <inheritdoc/>
    public Task<Result<T>> WriteAsync<T>(
        AccessScope scope, Func<WriteSession, CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken) =>
        EnqueueAsync(new Change<T>(scope, work, IsBulk: false), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<T>> WriteBulkAsync<T>(
        Func<WriteSession, CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken) =>
        EnqueueAsync(new Change<T>(AccessScope.Whole, work, IsBulk: true), cancellationToken);

    /// <summary>Finishes what waits, then lets the database go.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        if (loop is not null) await loop;
        await checkpoints.DisposeAsync();
        writer?.Dispose();
    }

    private async Task<Result<T>> EnqueueAsync<T>(Change<T> change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (loop is null)
        {
            lock (starting) loop ??= Task.Run(ServeAsync, CancellationToken.None);
        }
        if (!queue.Writer.TryWrite(change)) throw new GateBusyException();
        return await change.Outcome;
    }

    private async Task ServeAsync()
    {
        var group = new List<Change>(GroupMax);
        Change? next = null;
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

    private Change? Take() => queue.Reader.TryRead(out var change) ? change : null;

    private async Task CommitAsync(List<Change> group)
    {
        try
        {
            writer ??= new Writer(provider, routes, time);
            var events = false;
            using (var transaction = writer.Begin())
            {
                foreach (var change in group) events |= await change.RunAsync(writer);
                if (group.TrueForAll(change => change.Failed)) transaction.Rollback();
                else transaction.Commit();
                writer.End();
            }
            foreach (var change in group) change.Complete();
            if (events) relay.Wake();
            checkpoints.AfterCommit(writer.Connection);
        }
        catch (Exception broken) // The group's callers get it; the writer starts afresh.
        {
            log.LogError("A group of {Count} changes could not be committed: {Failure}", group.Count, broken.GetType().Name);
            foreach (var change in group) change.Break(broken);
            LetGo();
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

    /// <summary>The writing connection and what is kept with it.</summary>
    internal sealed class Writer : IDisposable
    {
        public Writer(SqliteProvider provider, IEventRoutes routes, TimeProvider time)
        {
            Connection = new SqliteConnection(provider.ConnectionString);
            Connection.Open();
            SqlitePragmas.ApplyToWriter(Connection);
            Db = new TrainingDbContext(SqliteProvider.OptionsOn(Connection));
            Db.Database.AutoSavepointsEnabled = false;
            Rows = new SqliteRowWriter(Db, Connection);
            Sql = new SqliteStatements(Connection);
            Session = new WriteSession(Db, Rows, Sql, new EventWriter(Rows, routes, time));
        }

        public SqliteConnection Connection { get; }

        public TrainingDbContext Db { get; }

        public SqliteRowWriter Rows { get; }

        public SqliteStatements Sql { get; }

        public WriteSession Session { get; }

        public SqliteTransaction Begin()
        {
            var transaction = Connection.BeginTransaction(deferred: false);
            Db.Database.UseTransaction(transaction);
            Sql.Transaction = transaction;
            return transaction;
        }

        public void End()
        {
            Db.Database.UseTransaction(null);
            Sql.Transaction = null;
        }

        public void Dispose()
        {
            Rows.Dispose();
            Sql.Dispose();
            Db.Dispose();
            Connection.Dispose();
        }
    }

    internal abstract record Change(bool IsBulk)
    {
        public bool Failed { get; protected set; }

        public abstract Task<bool> RunAsync(Writer writer);

        public abstract void Complete();

        public abstract void Break(Exception exception);
    }

    private sealed record Change<T>(AccessScope Scope, Func<WriteSession, CancellationToken, Task<Result<T>>> Work, bool IsBulk) : Change(IsBulk)
    {
        private readonly TaskCompletionSource<Result<T>> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Result<T> result;
        private Exception? failure;

        public Task<Result<T>> Outcome => outcome.Task;

        public override async Task<bool> RunAsync(Writer writer)
        {
            var session = writer.Session;
            session.Events.Any = false;
            session.Db.Scope = Scope;
            if (!IsBulk) writer.Sql.Execute("SAVEPOINT change");
            try
            {
                result = await Work(session, CancellationToken.None);
                Failed = !result.Succeeded;
            }
            catch (Exception thrown) when (thrown is not OutOfMemoryException) // Belongs to its caller, not to the group.
            {
                failure = thrown;
                Failed = true;
            }
            session.Db.ChangeTracker.Clear();
            if (IsBulk) return !Failed && session.Events.Any;
            if (Failed) writer.Sql.Execute("ROLLBACK TO change");
            writer.Sql.Execute("RELEASE change");
            return !Failed && session.Events.Any;
        }

        public override void Complete()
        {
            if (failure is null) outcome.SetResult(result);
            else outcome.SetException(failure);
        }

        public override void Break(Exception exception) => outcome.TrySetException(failure ?? exception);
    }
}
